import type { Words } from '../../src/words/words.ts';
import { fieldAt, heldIn, isTyping, shownValue } from '../stage/form.ts';
import type { FormFrame } from '../stage/frame.ts';
import type { Field } from '../stage/screen.ts';
import { widthOf } from '../table.ts';
import type { Room } from './draw-list.ts';
import { type Drawn, emptyLine, fitText, type Line, line, wrapText } from './drawn.ts';
import { windowOf } from './window.ts';

type StageWords = Words['screens']['stage'];

/** Draws a form: every field with its value, its hint where one is, and its problem. */
export function drawForm(frame: FormFrame, words: StageWords, room: Room): Drawn {
  const { intro = [], fields } = frame.screen;
  const above = intro.flatMap((text) => wrapText(text, Math.min(room.width, 100)).map((each) => line(each)));
  const top = above.length === 0 ? [] : [...above, emptyLine];
  const label = Math.min(
    Math.floor(room.width * 0.6) - 4,
    Math.max(0, ...fields.map((field) => widthOf(field.label))),
  );
  const blocks = [
    ...fields.map((field, index) => fieldBlock(frame, field, { index, label, width: room.width, words })),
    submitBlock(frame),
  ];
  const heights = blocks.map((block) => block.length);
  const height = room.height - top.length;
  const whole = heights.reduce((sum, each) => sum + each, 0) <= height;
  const { from, to } = windowOf(heights, frame.at, whole ? height : height - 1);
  const lines = [...top, ...blocks.slice(from, to).flat(), ...(whole ? [] : [placeLine(frame, words)])];
  if (!isTyping(frame)) return { lines };
  const before = top.length + heights.slice(from, frame.at).reduce((sum, each) => sum + each, 0);
  return {
    lines,
    cursor: { line: before + headingOf(fieldAt(frame), frame.at), column: caretColumn(frame, label) },
  };
}

/** Of a form that does not fit: which of its fields one is at, so that nobody takes what is seen for all of it. */
function placeLine({ at, screen: { fields } }: FormFrame, words: StageWords): Line {
  return line(`  ${words.position(Math.min(at + 1, fields.length), fields.length, false)}`, 'quiet');
}

function headingOf(field: Field | undefined, index: number): number {
  if (field?.heading === undefined) return 0;
  return index === 0 ? 1 : 2;
}

function caretColumn(frame: FormFrame, label: number): number {
  const field = fieldAt(frame);
  const value = field ? shownValue(frame, field) : '';
  const before = [...new Intl.Segmenter().segment(value)].slice(0, frame.caret);
  return 4 + label + widthOf(before.map(({ segment }) => segment).join(''));
}

interface FieldPlace {
  index: number;
  label: number;
  width: number;
  words: StageWords;
}

function fieldBlock(frame: FormFrame, field: Field, { index, label, width, words }: FieldPlace): Line[] {
  const here = frame.at === index;
  const heading =
    field.heading === undefined ? [] : [...(index === 0 ? [] : [emptyLine]), line(field.heading, 'heading')];
  const problem = frame.problems[field.name];
  const under = 4 + label;
  const below = (text: string, look: 'problem' | 'quiet') =>
    wrapText(text, width - under).map((each) => line(' '.repeat(under) + each, look));
  return [
    ...heading,
    [
      { text: `${here ? '›' : ' '} ${fitText(field.label, label)}  `, look: here ? 'chosen' : 'plain' },
      {
        text: valueText(frame, field, { here, room: width - under, words }),
        look: here ? 'strong' : 'plain',
      },
    ],
    ...(problem === undefined ? [] : below(words.problem(problem), 'problem')),
    ...(here && field.hint !== undefined ? below(field.hint, 'quiet') : []),
  ];
}

/** A choice shows that it can turn; a long text shows its end while it is typed. */
function valueText(
  frame: FormFrame,
  field: Field,
  { here, room, words }: { here: boolean; room: number; words: StageWords },
): string {
  const value = shownValue(frame, field);
  if (typeof field.input !== 'string') return (here ? `‹ ${value} ›` : value) + wasText(frame, field, words);
  if (here && isTyping(frame)) return value;
  return fitText((value === '' ? '–' : value) + wasText(frame, field, words), room).trimEnd();
}

/** In a long form a changed field tells what it was. */
function wasText(frame: FormFrame, field: Field, words: StageWords): string {
  if (frame.screen.typing === 'at once' || heldIn(frame, field) === field.value) return '';
  const held = { ...frame, values: { ...frame.values, [field.name]: field.value } };
  return `  ${words.was(shownValue(held, field) || '–')}`;
}

function submitBlock({ at, screen }: FormFrame): Line[] {
  const here = at === screen.fields.length;
  const first = screen.submit.legend.charAt(0).toUpperCase() + screen.submit.legend.slice(1);
  return [emptyLine, line(`${here ? '›' : ' '} [ ${first} ]`, here ? 'chosen' : 'plain')];
}
