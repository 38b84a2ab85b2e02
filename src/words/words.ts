import { en } from './en.ts';
import type { Language } from './languages.ts';
import { nl } from './nl.ts';

/** One catalogue: every word a person can read, in one language. */
export type Words = typeof nl;

const catalogues: Record<Language, Words> = { nl, en };

/** Gives the catalogue of a language. */
export function wordsOf(language: Language): Words {
  return catalogues[language];
}
