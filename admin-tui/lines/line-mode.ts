import { emitKeypressEvents, type Key } from 'node:readline';
import type { KeyName, KeyPress } from '../stage/key-press.ts';
import { controlPress } from '../stage/presses.ts';
import type { Tools } from '../stage/screen.ts';
import type { Stage } from '../stage/stage.ts';
import type { StageState } from '../stage/store.ts';
import { speak } from './speak.ts';

/** Where line mode reads and writes. */
export interface LineTerminal {
  stdin: NodeJS.ReadableStream & { setRawMode(raw: boolean): unknown };
  stdout: { write(text: string): unknown };
}

/**
 * Shows the stage line by line, for screen readers and simple terminals: what comes is written below what was there, and
 * nothing written is ever changed. Settles once the administrator has left.
 */
export async function showInLines(
  stage: Stage,
  kit: Pick<Tools, 'words'>,
  { stdin, stdout }: LineTerminal,
): Promise<void> {
  const writer = makeWriter((text) => stdout.write(text));
  let shown: StageState | undefined;
  const tell = () => {
    const state = stage.get();
    const before = shown;
    shown = state;
    writer.say(speak(before, state, kit.words.stage));
    // What was read stays to be read: there is no help to close.
    if (state.help && !before?.help) queueMicrotask(() => stage.press({ key: 'help' }));
  };
  const stop = stage.subscribe(tell);
  tell();
  const onKey = (typed: string | undefined, key: Key) => {
    const press = pressOf(typed, key);
    if (press) stage.press(press);
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', onKey).resume();
  await stage.ended;
  stop();
  stdin.off('keypress', onKey).pause();
  stdin.setRawMode(false);
  stdout.write('\n');
}

/** Writes lines, and knows whether the last line still stands open. */
function makeWriter(write: (text: string) => unknown) {
  let open = false;
  return {
    say({ lines, prompt, echo }: ReturnType<typeof speak>): void {
      const silent = lines.length === 0 && prompt === undefined;
      if (silent && echo !== undefined) write(echo);
      if (silent) return;
      write(`${open ? '\n' : ''}${lines.map((text) => `${text}\n`).join('')}${prompt ?? ''}`);
      open = prompt !== undefined;
    },
  };
}

const names = new Map<string, KeyName>([
  ['up', 'up'],
  ['down', 'down'],
  ['left', 'left'],
  ['right', 'right'],
  ['return', 'enter'],
  ['enter', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['pageup', 'page-up'],
  ['pagedown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
]);

/** What readline calls a key, as the stage calls it; within a line one does not go back and forth here. */
function pressOf(typed: string | undefined, key: Key): KeyPress | undefined {
  if (key.name === 'tab') return { key: key.shift ? 'back-tab' : 'tab' };
  if (key.ctrl) return controlPress(key.name ?? '');
  const name = names.get(key.name ?? '');
  if (name !== undefined) return { key: name };
  if (key.meta || typed === undefined || /^[\p{Cc}]/u.test(typed)) return undefined;
  return { key: 'text', text: typed };
}
