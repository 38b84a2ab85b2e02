import type { KeyName, KeyPress } from './key-press.ts';

/** The keys that are a letter with control. */
const controls = new Map<string, KeyName>([
  ['s', 'save'],
  ['g', 'help'],
  ['u', 'erase-line'],
  ['w', 'erase-word'],
  ['c', 'leave'],
  ['d', 'leave'],
  // Some screen readers and connections do not let escape through by itself.
  ['x', 'escape'],
  ['i', 'tab'],
  ['j', 'enter'],
  ['m', 'enter'],
]);

/** What a letter means together with control; undefined when it means nothing here. */
export function controlPress(letter: string): KeyPress | undefined {
  const key = controls.get(letter);
  return key && { key };
}

/** The presses in what a terminal sent at once: text, and the keys within it. */
export function pressesIn(sent: string): KeyPress[] {
  return sent.split(/(\p{Cc})/u).flatMap((part): KeyPress[] => {
    if (part === '') return [];
    if (!/^\p{Cc}$/u.test(part)) return [{ key: 'text', text: part }];
    if (part === '\u007f') return [{ key: 'backspace' }];
    const press = controlPress(String.fromCharCode(part.charCodeAt(0) + 96));
    return press ? [press] : [];
  });
}
