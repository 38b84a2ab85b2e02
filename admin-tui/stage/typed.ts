import type { KeyPress } from './key-press.ts';

/** A text that is being typed, and where in it (in characters as people count them). */
export interface Typed {
  text: string;
  caret: number;
}

/** A text with the caret behind it. */
export function typedAtEnd(text: string): Typed {
  return { text, caret: charactersOf(text).length };
}

/** The characters of a text as people count them: a letter with its accents is one. */
export function charactersOf(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

/** What the text is after this key; undefined when the key does nothing to a text. */
export function typeKey(typed: Typed, press: KeyPress): Typed | undefined {
  const characters = charactersOf(typed.text);
  const { caret } = typed;
  switch (press.key) {
    case 'text':
      return insert(characters, caret, oneLine(press.text));
    case 'backspace':
      return cut(characters, Math.max(0, caret - 1), caret);
    case 'delete':
      return cut(characters, caret, caret + 1);
    case 'erase-line':
      return cut(characters, 0, caret);
    case 'erase-word':
      return cut(characters, startOfWord(characters, caret), caret);
    default:
      return moveCaret(typed, press, characters.length);
  }
}

function moveCaret({ text, caret }: Typed, { key }: KeyPress, length: number): Typed | undefined {
  switch (key) {
    case 'left':
      return { text, caret: Math.max(0, caret - 1) };
    case 'right':
      return { text, caret: Math.min(length, caret + 1) };
    case 'home':
      return { text, caret: 0 };
    case 'end':
      return { text, caret: length };
    default:
      return undefined;
  }
}

function insert(characters: readonly string[], caret: number, text: string): Typed {
  const before = characters.slice(0, caret).join('') + text;
  const after = characters.slice(caret).join('');
  return { text: before + after, caret: charactersOf(before).length };
}

function cut(characters: readonly string[], from: number, to: number): Typed {
  return { text: [...characters.slice(0, from), ...characters.slice(to)].join(''), caret: from };
}

function startOfWord(characters: readonly string[], caret: number): number {
  const before = characters.slice(0, caret).join('');
  return charactersOf(before.replace(/\S+\s*$/, '')).length;
}

/** Pasted line ends become spaces, other controls go. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\r\n\t]+$/, '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/\p{Cc}/gu, '');
}
