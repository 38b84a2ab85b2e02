import type { Language } from '../../src/words/languages.ts';
import type { Words } from '../../src/words/words.ts';
import type { Door } from '../api.ts';

/** A screen as data: what stands on it and what its keys do. Two renderers draw it: with Ink, and line by line. */
export type Screen = ListScreen | FormScreen | WorkScreen;

/** Rows of which one is chosen: a menu, a table, a card, a question to answer. */
export interface ListScreen {
  kind: 'list';
  title: string;
  /** The page itself, or how it is fetched. */
  page: Page | ((tools: Tools, asked: Asked) => Promise<Page>);
  /** Rows can be searched by what is typed after `/`; this names what is searched. */
  search?: string;
  filters?: readonly Filter[];
  /** A question: enter answers it by the row that is chosen. */
  asks?: true;
  /** Line mode reads all rows at once, as one reads a card. */
  readAll?: true;
}

/** What a list is asked for. */
export interface Asked {
  search: string;
  filters: Readonly<Record<string, string>>;
  /** The key of the last row that is there already; empty for the first page. */
  after: string;
}

/** A page of a list. */
export interface Page {
  /** Sentences above the rows. */
  intro?: readonly string[];
  head?: readonly string[];
  rows: readonly Row[];
  /** Said instead of rows. */
  empty?: string;
  /** Ask on with this; null or absent at the end. */
  next?: string | null;
  keys?: readonly ScreenKey[];
}

/** One row: its cells, and what can be done with it. */
export interface Row {
  /** Names the row, so that it stays chosen when the list is fetched again. */
  id?: string;
  cells: readonly string[];
  /** Stands above this row and those below it. */
  heading?: string;
  /** A share of 0–1, drawn as a bar; the number itself stands in a cell. */
  share?: number;
  /** What line mode says; without it the cells. */
  spoken?: string;
  open?: Do;
  /** What enter is called where it does something else than to open. */
  openLegend?: string;
  keys?: readonly ScreenKey[];
}

/** A letter and what it does; `legend` is the letter, a space and the words that are shown. */
export interface ScreenKey {
  legend: string;
  do: Do;
}

/** One of a few values by a letter that goes round, or a typed text. */
export interface Filter {
  name: string;
  legend: string;
  label: string;
  choices: readonly Choice[] | 'typed';
}

/** A value, and what it is called. */
export interface Choice {
  value: string;
  label: string;
}

/** Fields to fill in, and what happens with them. */
export interface FormScreen {
  kind: 'form';
  title: string;
  intro?: readonly string[];
  fields: readonly Field[];
  /** The name of the field to begin at; without it the first. */
  from?: string;
  /** The values to begin with where they are not the fields' own: then there is something to save at once. */
  values?: Readonly<Record<string, string>>;
  /** Typed at once, or, in a long form, after a press of enter. */
  typing: 'at once' | 'on enter';
  submit: { legend: string; do(values: Values, tools: Tools): Promise<Next> };
  keys?: readonly ScreenKey[];
}

/** What the fields of a form hold, by their names. */
export type Values = Readonly<Record<string, string>>;

/** One field of a form. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  /** Stands above this field and those below it. */
  heading?: string;
  /** What it holds at first. */
  value: string;
  input: 'text' | 'secret' | readonly Choice[];
}

/** Long work with progress. */
export interface WorkScreen {
  kind: 'work';
  title: string;
  /** Does the work, tells how far it is, and stops when the signal says so. */
  run(tools: Tools, report: (progress: Progress) => void, signal: AbortSignal): Promise<Next>;
}

/** How far long work is, with what else there is to say about it. */
export interface Progress {
  done: number;
  /** Null as long as nobody knows. */
  total: number | null;
  lines: readonly string[];
}

/** What a key does. */
export type Do = (tools: Tools) => Promise<Next>;

/** Where to go after something is done. */
export type Next =
  | { next: 'go'; screen: Screen }
  | { next: 'swap'; screen: Screen; said?: string; steps?: number }
  | { next: 'back'; said?: string; steps?: number }
  | { next: 'stay'; said?: string }
  | { next: 'problems'; problems: Readonly<Record<string, string>>; said?: string }
  | { next: 'begin'; screen: Screen; said?: string }
  | { next: 'leave' };

/** Who is signed in. */
export interface Me {
  name: string;
  displayName: string;
  role: 'administrator' | 'helpdesk';
}

/** What is held of a session: nothing of it is ever written down. */
export interface Session {
  token: string | undefined;
  me: Me | undefined;
  language: Language;
  /** Whether the language was asked for, and so stays whoever signs in. */
  languageChosen: boolean;
}

/** What a screen is handed; the words follow the language of the session. */
export interface Tools {
  /** The door, with the session there is now. */
  door(): Door;
  readonly words: Words['screens'];
  readonly all: Words;
  session: Session;
  now(): number;
}
