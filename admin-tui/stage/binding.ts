import type { Frame } from './frame.ts';
import type { KeyName } from './key-press.ts';
import type { Do, ScreenKey } from './screen.ts';

/** What a key brings about. */
export type Act =
  | { act: 'change'; frame: Frame }
  | { act: 'do'; do: Do }
  | { act: 'submit' | 'back' | 'leave' | 'help' | 'stop' };

/** A key that is obeyed. The same list is shown: nothing is obeyed that is not in it. */
export interface Binding {
  press: KeyName | { letter: string };
  /** How the key is called, and what it does; absent for a second key that does the same. */
  shown?: Shown;
  act: Act;
}

/** A key as it is shown: how it is called, and what it does. */
export interface Shown {
  key: string;
  does: string;
}

/** Reads a legend: the key, a space, and what it does, such as `↑↓ kiezen`. */
export function shownIn(legend: string): Shown {
  const [key = '', ...does] = legend.split(' ');
  return { key, does: does.join(' ') };
}

/** Binds a key by its name. */
export function bindKey(press: KeyName, legend: string, act: Act): Binding {
  return { press, shown: shownIn(legend), act };
}

/** Binds the letter that the legend begins with. */
export function bindLetter(legend: string, act: Act): Binding {
  const shown = shownIn(legend);
  return { press: { letter: shown.key }, shown, act };
}

/** Binds a key of a screen. */
export function bindScreenKey({ legend, do: todo }: ScreenKey): Binding {
  return bindLetter(legend, { act: 'do', do: todo });
}

/** The act of putting a changed frame in the place of the one there is. */
export function change(frame: Frame): Act {
  return { act: 'change', frame };
}
