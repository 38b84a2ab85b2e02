import type { Words } from '../../src/words/words.ts';
import { bindingsOf } from '../keys.ts';
import type { Me } from '../stage/screen.ts';
import { type StageState, topFrame } from '../stage/store.ts';
import { widthOf } from '../table.ts';
import { drawForm } from './draw-form.ts';
import { drawList, type Room } from './draw-list.ts';
import { drawWork } from './draw-work.ts';
import { type Drawn, emptyLine, fitText, type Line, line, lineWidth, wrapText } from './drawn.ts';

type StageWords = Words['screens']['stage'];

/** What is drawn: the state, the words, who is signed in, and the size of the window. */
export interface Scene {
  state: StageState;
  words: StageWords;
  me: Me | undefined;
  columns: number;
  rows: number;
}

const fewestColumns = 60;
const fewestRows = 16;

/** Draws the whole window: where one is, the screen on top, what was said, and the keys. */
export function drawScreen(scene: Scene): Drawn {
  const { columns, rows, words } = scene;
  if (columns < fewestColumns || rows < fewestRows)
    return { lines: fillUp(wrapText(words.tooSmall(fewestColumns, fewestRows), columns), rows) };
  const width = columns - 4;
  const head = [headerLine(scene, width), line('─'.repeat(width), 'quiet'), emptyLine];
  const foot = footLines(scene, width);
  const height = rows - head.length - foot.length;
  const body = drawBody(scene, { width, height });
  const lines = body.lines.slice(0, height);
  const filling = Array.from({ length: height - lines.length }, () => emptyLine);
  const indented = [...head, ...lines, ...filling, ...foot].map((each) => indent(each));
  if (!body.cursor) return { lines: indented };
  const { line: at, column } = body.cursor;
  return { lines: indented, cursor: { line: at + head.length, column: column + 2 } };
}

/** Every line of the window is drawn, so that nothing of what was there shines through. */
function fillUp(texts: readonly string[], rows: number): Line[] {
  return Array.from({ length: rows }, (_, index) => line(texts[index] ?? ''));
}

function indent(drawn: Line): Line {
  return [{ text: '  ', look: 'plain' }, ...drawn];
}

function headerLine({ state, words, me }: Scene, width: number): Line {
  const titles = state.frames.map(({ screen }) => screen.title);
  const who = me ? `${me.displayName}, ${words.roles[me.role]}` : '';
  const room = width - widthOf(who) - 2;
  const path = ['Sparekey', ...titles].join(' › ');
  const last = titles.at(-1) ?? '';
  const shown = widthOf(path) <= room ? path : `… › ${last}`;
  return [
    { text: fitText(shown, room), look: 'strong' },
    { text: `  ${who}`, look: 'quiet' },
  ];
}

function drawBody({ state, words }: Scene, room: Room): Drawn {
  const frame = topFrame(state);
  if (!frame) return { lines: [] };
  if (state.help) return drawHelp(state, words);
  switch (frame.kind) {
    case 'list':
      return drawList(frame, words, room);
    case 'form':
      return drawForm(frame, words, room);
    case 'work':
      return drawWork(frame, words, room);
  }
}

function drawHelp(state: StageState, words: StageWords): Drawn {
  const shown = bindingsOf({ ...state, help: false }, words).flatMap((binding) => binding.shown ?? []);
  const keys = shown.map(
    ({ key, does }): Line => [
      { text: `  ${key.padEnd(8)}`, look: 'strong' },
      { text: does, look: 'plain' },
    ],
  );
  return { lines: [line(words.helpTitle, 'heading'), emptyLine, ...keys] };
}

function footLines(scene: Scene, width: number): Line[] {
  const { state, words } = scene;
  const said = state.busy ? words.busy : state.said.text;
  const look = state.busy ? 'quiet' : state.said.kind === 'problem' ? 'problem' : 'good';
  const text = state.said.kind === 'problem' && !state.busy ? words.problem(said) : said;
  const told = said === '' ? [emptyLine] : wrapText(text, width).map((each) => line(each, look));
  return [...told, line('─'.repeat(width), 'quiet'), ...keyLines(scene, width)];
}

/** The keys, as many on a line as fit. */
function keyLines({ state, words }: Scene, width: number): Line[] {
  const lines: Line[] = [];
  let current: Line = [];
  for (const { shown } of bindingsOf(state, words)) {
    if (!shown) continue;
    const legend: Line = [
      { text: shown.key, look: 'strong' },
      { text: ` ${shown.does}`, look: 'quiet' },
    ];
    const longer: Line =
      current.length === 0 ? legend : [...current, { text: '   ', look: 'plain' }, ...legend];
    if (lineWidth(longer) <= width) current = longer;
    else {
      lines.push(current);
      current = legend;
    }
  }
  return [...lines, current];
}
