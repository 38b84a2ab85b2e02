import { plain } from '../plain.ts';
import { widthOf } from '../table.ts';

/** How a piece of text looks. What it means is always in the words too, since a terminal may have no colours. */
export type Look = 'plain' | 'quiet' | 'strong' | 'chosen' | 'problem' | 'good' | 'heading' | 'bar';

/** A piece of a line that looks one way. */
export interface Piece {
  text: string;
  look: Look;
}

/** One line of the screen. */
export type Line = readonly Piece[];

/** Lines, and where the cursor stands if one types. */
export interface Drawn {
  lines: readonly Line[];
  cursor?: { line: number; column: number };
}

/** A line of one piece. */
export function line(text: string, look: Look = 'plain'): Line {
  return [{ text, look }];
}

/** A line with nothing on it. */
export const emptyLine: Line = [];

/** The columns a line takes. */
export function lineWidth(drawn: Line): number {
  return drawn.reduce((width, { text }) => width + widthOf(text), 0);
}

/** Breaks a text between words into lines no wider than this; a longer word is broken. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of plain(text)
    .split(' ')
    .flatMap((long) => breakWord(long, width))) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (widthOf(longer) <= width) current = longer;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}

function breakWord(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const pieces: string[] = [''];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const last = pieces.at(-1) ?? '';
    if (widthOf(last + segment) > width) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}

/** Cuts a text to this width, the cut shown as `…`, and fills it up with spaces. */
export function fitText(text: string, width: number): string {
  const safe = plain(text);
  const now = widthOf(safe);
  if (now <= width) return safe + ' '.repeat(width - now);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(safe)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`.padEnd(kept.length + 1 + Math.max(0, width - widthOf(kept) - 1));
}
