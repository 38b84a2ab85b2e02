import { type ListFrame, rowsOf } from './frame.ts';
import type { KeyPress } from './key-press.ts';
import type { Filter, Page, Row } from './screen.ts';
import { typedAtEnd, typeKey } from './typed.ts';

/** The row that is chosen; undefined in an empty list. */
export function chosenRow(frame: ListFrame): Row | undefined {
  return rowsOf(frame)[frame.chosen];
}

/** Chooses the row so many further on, or the first or last. */
export function moveInList(frame: ListFrame, by: number): ListFrame {
  const last = Math.max(0, rowsOf(frame).length - 1);
  return { ...frame, chosen: Math.min(last, Math.max(0, frame.chosen + by)) };
}

/** Asks for the rows anew; the row that is chosen stays so. */
export function reload(frame: ListFrame): ListFrame {
  if (typeof frame.screen.page !== 'function') return frame;
  return { ...frame, wanted: frame.wanted + 1, loaded: { ...frame.loaded, state: 'loading' } };
}

/** Takes in rows that were fetched: instead of what was there, or behind it. */
export function takePage(frame: ListFrame, page: Page, after: string): ListFrame {
  if (after !== '') {
    const rows = [...rowsOf(frame), ...page.rows];
    return { ...frame, loaded: { state: 'ready', page: { ...page, rows } } };
  }
  const id = chosenRow(frame)?.id;
  const at = id === undefined ? -1 : page.rows.findIndex((row) => row.id === id);
  const chosen = at < 0 ? frame.chosen : at;
  return moveInList({ ...frame, chosen, loaded: { state: 'ready', page } }, 0);
}

/** What is typed now: the search, or a filter. */
export function typedInList(frame: ListFrame): { label: string; text: string; caret: number } | undefined {
  if (frame.typing === undefined) return undefined;
  const filter = filterNamed(frame, frame.typing);
  return { label: filter?.label ?? frame.screen.search ?? '', ...frame.search };
}

/** Begins to type the search; what was searched before stays. */
export function beginSearch(frame: ListFrame): ListFrame {
  return { ...frame, typing: 'search', search: typedAtEnd(frame.filters.search ?? '') };
}

/** Takes the next choice of a filter, or begins to type its text. */
export function turnFilter(frame: ListFrame, { name, choices }: Filter): ListFrame {
  const now = frame.filters[name] ?? '';
  if (choices === 'typed') return { ...frame, typing: name, search: typedAtEnd(now) };
  const at = choices.findIndex(({ value }) => value === now);
  const value = choices[(at + 1) % choices.length]?.value ?? '';
  return reload({ ...frame, chosen: 0, filters: { ...frame.filters, [name]: value } });
}

/** Types into the search or filter: the search is fetched as one types, a filter once it is finished. */
export function typeInList(frame: ListFrame, press: KeyPress): ListFrame | undefined {
  if (frame.typing === undefined) return undefined;
  const search = typeKey(frame.search, press);
  if (!search) return undefined;
  const typed = { ...frame, search };
  return frame.typing === 'search' && search.text !== frame.search.text ? applyTyped(typed) : typed;
}

/** Ends typing: what was typed counts, or nothing does. */
export function endTyping(frame: ListFrame, keep: boolean): ListFrame {
  const typed = keep ? frame : { ...frame, search: typedAtEnd('') };
  const changed = (frame.filters[frame.typing ?? ''] ?? '') !== typed.search.text;
  return { ...(changed ? applyTyped(typed) : typed), typing: undefined };
}

function applyTyped(frame: ListFrame): ListFrame {
  const filters = { ...frame.filters, [frame.typing ?? '']: frame.search.text };
  return reload({ ...frame, chosen: 0, filters });
}

/** The filters that are set, as they are shown above the rows. */
export function filtersSet(frame: ListFrame): string[] {
  const { filters, search } = frame.screen;
  const shown = (filters ?? []).map((filter) => `${filter.label}: ${labelOf(filter, frame)}`);
  const searched = frame.filters.search;
  return search !== undefined && searched ? [...shown, `${search}: ${searched}`] : shown;
}

function labelOf({ name, choices }: Filter, { filters }: ListFrame): string {
  const value = filters[name] ?? '';
  if (choices === 'typed') return value || '–';
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

function filterNamed(frame: ListFrame, name: string): Filter | undefined {
  return frame.screen.filters?.find((filter) => filter.name === name);
}
