import type { Language } from '../words/languages.ts';
import type { Words } from '../words/words.ts';

/** What a person can put right: at a field, or (null) about the page as a whole. */
export interface Problem {
  field: string | null;
  text: string;
  /** The language of the text, where it is another than the page's. */
  lang?: Language;
}

/** The props of each view by its name; a page declares its own beside itself. */
// biome-ignore lint/suspicious/noEmptyInterface: pages merge their views into it
export interface Views {}

/** What every view may ask for besides its own props. */
export interface Frame {
  t: Words;
  language: Language;
  otherLanguage: Language;
  /** This page in the other language. */
  languageLink: string;
  title: string;
  organisation: string;
  helpContact: string | null;
  path: string;
  signedIn: boolean;
  /** Whether the person may go to the pages of their own account. */
  ownPages: boolean;
  csrf: string;
  problems: readonly Problem[];
  /** What was typed before, by field; never a secret. */
  values: Readonly<Record<string, string>>;
  /** What has just been done, said once. */
  notice: string | null;
  /** The id of the section of the checklist that a step stands in, also the prefix of its ids. */
  row: string;
  /** Whether the step is shown inside its row by htmx. */
  inRow: boolean;
  assets: { css: string; htmx: string; rows: string };
}
