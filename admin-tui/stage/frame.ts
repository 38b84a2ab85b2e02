import type { FormScreen, ListScreen, Page, Progress, Row, Screen, WorkScreen } from './screen.ts';
import { type Typed, typedAtEnd } from './typed.ts';

/** A screen with where the administrator is in it. */
export type Frame = ListFrame | FormFrame | WorkFrame;

/** How far the rows are; what was there stays to be seen while more is fetched. */
export type Loaded =
  | { state: 'loading'; page?: Page }
  | { state: 'ready'; page: Page }
  | { state: 'failed'; problem: string; page?: Page };

/** A list, what was fetched of it, and which row is chosen. */
export interface ListFrame {
  kind: 'list';
  id: number;
  screen: ListScreen;
  loaded: Loaded;
  /** Goes up whenever the rows are to be fetched anew. */
  wanted: number;
  chosen: number;
  search: Typed;
  /** What is typed now: the search, or a filter by its name. */
  typing: string | undefined;
  filters: Readonly<Record<string, string>>;
}

/** A form, what its fields hold, and where one is in it. */
export interface FormFrame {
  kind: 'form';
  id: number;
  screen: FormScreen;
  values: Readonly<Record<string, string>>;
  /** The field where one is; behind the last stands the submit. */
  at: number;
  caret: number;
  /** In a form that is typed on enter: what the field held before. */
  editing: string | undefined;
  problems: Readonly<Record<string, string>>;
}

/** Long work, and how far it is. */
export interface WorkFrame {
  kind: 'work';
  id: number;
  screen: WorkScreen;
  progress: Progress | undefined;
  stopping: boolean;
}

/** Puts a screen up, with nothing done in it yet. */
export function frameOf(screen: Screen, id: number): Frame {
  switch (screen.kind) {
    case 'list':
      return listFrame(screen, id);
    case 'form':
      return formFrame(screen, id);
    case 'work':
      return { kind: 'work', id, screen, progress: undefined, stopping: false };
  }
}

function listFrame(screen: ListScreen, id: number): ListFrame {
  const loaded: Loaded =
    typeof screen.page === 'function' ? { state: 'loading' } : { state: 'ready', page: screen.page };
  const filters = Object.fromEntries((screen.filters ?? []).map((filter) => [filter.name, firstOf(filter)]));
  const search = typedAtEnd('');
  return { kind: 'list', id, screen, loaded, wanted: 1, chosen: 0, search, typing: undefined, filters };
}

function firstOf({ choices }: { choices: readonly { value: string }[] | 'typed' }): string {
  return choices === 'typed' ? '' : (choices[0]?.value ?? '');
}

function formFrame(screen: FormScreen, id: number): FormFrame {
  const own = Object.fromEntries(screen.fields.map(({ name, value }) => [name, value]));
  const values = { ...own, ...screen.values };
  const at = Math.max(
    0,
    screen.fields.findIndex(({ name }) => name === screen.from),
  );
  const caret = typedAtEnd(values[screen.fields[at]?.name ?? ''] ?? '').caret;
  return { kind: 'form', id, screen, values, at, caret, editing: undefined, problems: {} };
}

/** The rows that are there. */
export function rowsOf({ loaded }: ListFrame): readonly Row[] {
  return loaded.page?.rows ?? [];
}

/** Whether something typed would be lost. */
export function isChanged(frame: Frame): boolean {
  if (frame.kind !== 'form') return false;
  return frame.screen.fields.some(({ name, value }) => frame.values[name] !== value);
}
