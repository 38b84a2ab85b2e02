import { en } from './en.ts';
import { nl } from './nl.ts';

/** The languages Sparekey speaks; each catalogue is complete or the house does not compile. */
export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];

/** One catalogue: every word a person can read, in one language. */
export type Words = typeof nl;

const catalogues: Record<Language, Words> = { nl, en };

/** Gives the catalogue of a language. */
export function wordsOf(language: Language): Words {
  return catalogues[language];
}
