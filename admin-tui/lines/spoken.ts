import type { Words } from '../../src/words/words.ts';
import { bindingsOf } from '../keys.ts';
import { plain } from '../plain.ts';
import { fieldAt, isTyping, shownValue } from '../stage/form.ts';
import { type FormFrame, type ListFrame, rowsOf, type WorkFrame } from '../stage/frame.ts';
import { chosenRow, filtersSet } from '../stage/list.ts';
import type { Page, Row } from '../stage/screen.ts';
import type { StageState } from '../stage/store.ts';

type StageWords = Words['screens']['stage'];

/** What is said of a row: its own words, or its cells one after another. */
export function spokenRow(row: Row): string {
  return plain(row.spoken ?? row.cells.filter((cell) => cell !== '').join(', '));
}

/** The choice as one line: “2 van 3: Zoë de Vries”. */
export function choiceLine(frame: ListFrame, words: StageWords): string | undefined {
  const row = chosenRow(frame);
  if (!row) return undefined;
  const more = (frame.loaded.page?.next ?? null) !== null;
  const heading = row.heading === undefined ? '' : `${plain(row.heading)}. `;
  return words.spokenRow(frame.chosen + 1, rowsOf(frame).length, more, heading + spokenRow(row));
}

/** What is read of a page once it is there: its sentences, how many rows, and on a card all of them. */
export function pageLines(frame: ListFrame, page: Page, words: StageWords): string[] {
  const { rows } = page;
  const set = filtersSet(frame).join('. ');
  const count = words.rowsFound(rows.length, (page.next ?? null) !== null);
  const all = frame.screen.readAll ? rows.flatMap(cardLines) : [];
  return [
    ...(page.intro ?? []),
    ...(set === '' ? [] : [set]),
    ...(rows.length === 0 ? [page.empty ?? words.empty] : all.length > 0 ? all : [count]),
  ].map(plain);
}

/** A row of a card: what it is, a colon, and its value. */
function cardLines(row: Row): string[] {
  const [label = '', ...values] = row.cells;
  const value = values.filter((cell) => cell !== '').join(', ');
  const said = row.spoken ?? (value === '' ? label : `${label}: ${value}`);
  return row.heading === undefined ? [said] : [row.heading, said];
}

/** The question that a field asks; what is typed comes behind it. */
export function fieldPrompt(frame: FormFrame, words: StageWords): string {
  const field = fieldAt(frame);
  if (!field) return words.submitRow(frame.screen.submit.legend);
  const count = frame.screen.fields.length;
  const label = words.spokenField(frame.at + 1, count, plain(field.label).trim());
  if (field.input === 'secret') return `${label}, ${words.secretField}: `;
  const value = plain(shownValue(frame, field));
  return isTyping(frame) ? `${label}: ${value}` : `${label}: ${value === '' ? '–' : value}`;
}

/** What is said before a field is asked: its heading, its problem, its hint and its choices. */
export function fieldLines(frame: FormFrame, words: StageWords): string[] {
  const field = fieldAt(frame);
  if (!field) return [];
  const problem = frame.problems[field.name];
  const choices =
    typeof field.input === 'string' ? [] : [words.choices(field.input.map(({ label }) => label).join(', '))];
  return [
    ...(field.heading === undefined ? [] : [field.heading]),
    ...(problem === undefined ? [] : [words.problem(problem)]),
    ...(field.hint === undefined ? [] : [field.hint]),
    ...choices,
  ].map(plain);
}

/** How far long work is, as one line. */
export function progressLine({ progress }: WorkFrame): string {
  return plain((progress?.lines ?? []).join(', '));
}

/** The keys that are obeyed, one a line. */
export function keyLines(state: StageState, words: StageWords): string[] {
  const shown = bindingsOf({ ...state, help: false }, words).flatMap((binding) => binding.shown ?? []);
  return [words.helpTitle, ...shown.map(({ key, does }) => `${key}: ${does}`), words.escapeToo];
}
