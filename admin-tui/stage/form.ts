import type { FormFrame } from './frame.ts';
import type { KeyPress } from './key-press.ts';
import type { Field } from './screen.ts';
import { typedAtEnd, typeKey } from './typed.ts';

/** The field where one is; undefined on the submit. */
export function fieldAt(frame: FormFrame): Field | undefined {
  return frame.screen.fields[frame.at];
}

/** Whether letters go into the field where one is. */
export function isTyping(frame: FormFrame): boolean {
  const field = fieldAt(frame);
  if (!field || Array.isArray(field.input)) return false;
  return frame.screen.typing === 'at once' || frame.editing !== undefined;
}

/** Goes so many fields on; behind the last stands the submit. */
export function moveInForm(frame: FormFrame, by: number): FormFrame {
  const at = Math.min(frame.screen.fields.length, Math.max(0, frame.at + by));
  return placeCaret({ ...frame, at, editing: undefined });
}

/** Goes to the first field that has a problem; a secret with a problem is typed anew, and so are those behind it. */
export function takeProblems(frame: FormFrame, problems: Readonly<Record<string, string>>): FormFrame {
  const wrong = frame.screen.fields.filter(({ name }) => problems[name] !== undefined);
  const { fields } = frame.screen;
  const from = fields.findIndex((field) => field.input === 'secret' && wrong.includes(field));
  const anew = from < 0 ? [] : fields.slice(from).filter(({ input }) => input === 'secret');
  const emptied = anew.map(({ name }) => [name, '']);
  const at = wrong[0] ? fields.indexOf(wrong[0]) : frame.at;
  return placeCaret({ ...frame, problems, at, values: { ...frame.values, ...Object.fromEntries(emptied) } });
}

/** Types into the field where one is. */
export function typeInForm(frame: FormFrame, press: KeyPress): FormFrame | undefined {
  const field = fieldAt(frame);
  if (!field || !isTyping(frame)) return undefined;
  const typed = typeKey({ text: heldIn(frame, field), caret: frame.caret }, press);
  return typed && { ...setValue(frame, field, typed.text), caret: typed.caret };
}

/** Takes the next choice of the field where one is, or the one before. */
export function turnChoice(frame: FormFrame, by: 1 | -1): FormFrame {
  const field = fieldAt(frame);
  if (!field || typeof field.input === 'string') return frame;
  const now = heldIn(frame, field);
  const at = field.input.findIndex(({ value }) => value === now);
  const next = field.input[(at + by + field.input.length) % field.input.length];
  return next ? setValue(frame, field, next.value) : frame;
}

/** Begins to type into the field, which remembers what it held. */
export function beginEditing(frame: FormFrame): FormFrame {
  const field = fieldAt(frame);
  return field ? placeCaret({ ...frame, editing: heldIn(frame, field) }) : frame;
}

/** Ends typing into the field: what was typed counts, or what it held before. */
export function endEditing(frame: FormFrame, keep: boolean): FormFrame {
  const field = fieldAt(frame);
  const { editing } = frame;
  const ended = { ...frame, editing: undefined };
  return keep || !field || editing === undefined ? ended : setValue(ended, field, editing);
}

/** What a field holds. */
export function heldIn({ values }: FormFrame, { name }: Field): string {
  return values[name] ?? '';
}

/** What is shown of a field’s value: of a secret only how long it is. */
export function shownValue(frame: FormFrame, field: Field): string {
  const value = heldIn(frame, field);
  if (field.input === 'secret') return '*'.repeat(typedAtEnd(value).caret);
  if (field.input === 'text') return value;
  return field.input.find((choice) => choice.value === value)?.label ?? value;
}

function placeCaret(frame: FormFrame): FormFrame {
  const field = fieldAt(frame);
  return { ...frame, caret: field ? typedAtEnd(heldIn(frame, field)).caret : 0 };
}

/** Another value takes the problem of its field away. */
function setValue(frame: FormFrame, { name }: Field, value: string): FormFrame {
  const values = { ...frame.values, [name]: value };
  if (frame.problems[name] === undefined) return { ...frame, values };
  const others = Object.entries(frame.problems).filter(([field]) => field !== name);
  return { ...frame, values, problems: Object.fromEntries(others) };
}
