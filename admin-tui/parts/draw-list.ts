import type { Words } from '../../src/words/words.ts';
import { type ListFrame, rowsOf } from '../stage/frame.ts';
import { filtersSet, typedInList } from '../stage/list.ts';
import type { Page, Row } from '../stage/screen.ts';
import { widthOf } from '../table.ts';
import { fitColumns } from './columns.ts';
import { type Drawn, emptyLine, fitText, type Line, line, wrapText } from './drawn.ts';
import { windowOf } from './window.ts';

/** How many columns and lines there are to draw in. */
export interface Room {
  width: number;
  height: number;
}

type StageWords = Words['screens']['stage'];

/** Draws a list in this room: sentences, what is searched, the head, and as many rows as fit around the chosen one. */
export function drawList(frame: ListFrame, words: StageWords, room: Room): Drawn {
  const page = frame.loaded.page;
  const above = [...introLines(page, room.width), ...filterLines(frame, room.width)];
  const search = searchLine(frame);
  const typed = search ? [search.line, emptyLine] : [];
  const height = room.height - above.length - typed.length;
  const rows = page ? rowLines(frame, page, { width: room.width, height, words }) : [];
  const lines = [...above, ...typed, ...stateLines(frame, words, room.width), ...rows];
  return search ? { lines, cursor: { line: above.length, column: search.column } } : { lines };
}

function introLines(page: Page | undefined, width: number): Line[] {
  const lines = (page?.intro ?? []).flatMap((text) => wrapText(text, Math.min(width, 100)));
  return lines.length === 0 ? [] : [...lines.map((text) => line(text)), emptyLine];
}

function filterLines(frame: ListFrame, width: number): Line[] {
  const set = filtersSet(frame).join('  ·  ');
  return set === '' ? [] : [...wrapText(set, width).map((text) => line(text, 'quiet')), emptyLine];
}

function searchLine(frame: ListFrame): { line: Line; column: number } | undefined {
  const typed = typedInList(frame);
  if (!typed) return undefined;
  const label = `${typed.label}: `;
  const before = [...new Intl.Segmenter().segment(typed.text)].slice(0, typed.caret);
  const column = widthOf(label) + widthOf(before.map(({ segment }) => segment).join(''));
  const pieces = [
    { text: label, look: 'heading' },
    { text: typed.text, look: 'plain' },
  ] as const;
  return { line: pieces, column };
}

function stateLines({ loaded }: ListFrame, words: StageWords, width: number): Line[] {
  if (loaded.state === 'loading' && !loaded.page) return [line(words.loading, 'quiet')];
  if (loaded.state === 'failed')
    return [
      ...wrapText(words.problem(loaded.problem), width).map((text) => line(text, 'problem')),
      emptyLine,
    ];
  if (loaded.state === 'ready' && loaded.page.rows.length === 0)
    return wrapText(loaded.page.empty ?? words.empty, width).map((text) => line(text, 'quiet'));
  return [];
}

interface RowRoom extends Room {
  words: StageWords;
}

function rowLines(frame: ListFrame, page: Page, { width, height, words }: RowRoom): Line[] {
  const rows = rowsOf(frame);
  if (rows.length === 0) return [];
  const cells = [...(page.head ? [page.head] : []), ...rows.map((row) => row.cells)];
  const hasBars = rows.some(({ share }) => share !== undefined);
  const widths = fitColumns(cells, width - 2 - (hasBars ? 14 : 0));
  const head = page.head ? [[{ text: `  ${inColumns(page.head, widths)}`, look: 'quiet' } as const]] : [];
  const look = { widths, width, wraps: frame.screen.readAll === true, head: page.head ?? [] };
  const blocks = rows.map((row, index) => {
    const chosen = index === frame.chosen;
    return [...headingLines(row, index), ...oneRow(row, { ...look, chosen })];
  });
  const heights = blocks.map((block) => block.length);
  const ends = (page.next ?? null) === null;
  const whole = ends && heights.reduce((sum, each) => sum + each, head.length) <= height;
  const shown = windowOf(heights, frame.chosen, height - head.length - (whole ? 0 : 1));
  const position = words.position(frame.chosen + 1, rows.length, !ends);
  return [
    ...head,
    ...blocks.slice(shown.from, shown.to).flat(),
    ...(whole ? [] : [line(`  ${position}`, 'quiet')]),
  ];
}

function headingLines({ heading }: Row, index: number): Line[] {
  if (heading === undefined) return [];
  return [...(index === 0 ? [] : [emptyLine]), line(heading, 'heading')];
}

interface RowLook {
  widths: readonly number[];
  width: number;
  chosen: boolean;
  /** A card shows its values whole. */
  wraps: boolean;
  /** The names of the columns. */
  head: readonly string[];
}

function oneRow({ cells, share }: Row, { widths, width, chosen, wraps, head }: RowLook): Line[] {
  const look = chosen ? 'chosen' : 'plain';
  const marker = { text: chosen ? '› ' : '  ', look } as const;
  const text = inColumns(cells, widths);
  if (share !== undefined) {
    const bar = barOf(share, Math.min(40, width - 4 - widthOf(text)));
    return [[marker, { text: `${text}  `, look }, { text: bar, look: 'bar' }]];
  }
  const last = cells.at(-1) ?? '';
  const indent = 2 + widths.slice(0, cells.length - 1).reduce((sum, each) => sum + each + 2, 0);
  if (!wraps) return [[marker, { text, look }], ...(chosen ? cutLines(cells, { widths, width, head }) : [])];
  if (indent + widthOf(last) <= width) return [[marker, { text, look }]];
  const [first = '', ...more] = wrapText(last, width - indent);
  const begin = inColumns([...cells.slice(0, -1), first], widths);
  return [[marker, { text: begin, look }], ...more.map((text) => line(' '.repeat(indent) + text, look))];
}

/** What the columns cut off of the chosen row stands below it, whole: under its column, or more of it by the names of theirs. */
function cutLines(
  cells: readonly string[],
  { widths, width, head }: Omit<RowLook, 'chosen' | 'wraps'>,
): Line[] {
  const cut = cells.flatMap((cell, index) => (widthOf(cell) > (widths[index] ?? 0) ? [{ cell, index }] : []));
  const [first] = cut;
  if (!first) return [];
  const column = widths.slice(0, first.index).reduce((sum, each) => sum + each + 2, 2);
  const indent = cut.length === 1 ? Math.min(column, Math.floor(width / 2)) : 4;
  const named = (index: number) => (cut.length > 1 && head[index] ? `${head[index]}: ` : '');
  const texts = cut.flatMap(({ cell, index }) => wrapText(named(index) + cell, width - indent));
  return texts.map((text) => line(' '.repeat(indent) + text, 'quiet'));
}

function inColumns(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => fitText(cell, widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

/** A bar of blocks; what is there at all shows at least one. */
export function barOf(share: number, width: number): string {
  const room = Math.max(0, width);
  const full = Math.min(room, Math.max(share > 0 ? 1 : 0, Math.round(share * room)));
  return '█'.repeat(full) + '░'.repeat(room - full);
}
