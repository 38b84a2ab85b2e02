import { day, isRegistered, missingFor } from '../people/status.ts';
import type { PersonVisit } from '../web/visit.ts';
import { dateWords } from '../web/waiting.ts';
import { type Row, rowOf, type Standing } from './rows.ts';

/** How far a person is: what is missing, in sentences, and whether this can be finished or done later. */
export interface Progress {
  sentences: string[];
  canFinish: boolean;
  /** Until when it can be put off, said as a date; null when it cannot (or need not) be. */
  laterUntil: string | null;
}

/** The last moment until which registration can be put off; null when it is not required or can't be. */
export function postponableUntil({ policy, person, now }: PersonVisit): number | null {
  if (!policy.registrationRequired || policy.postponeDays === 0) return null;
  const until = (person.firstAskedAt ?? now) + policy.postponeDays * day;
  return until > now ? until : null;
}

/** The rows that have to be checked again. */
export function uncheckedRows(rows: Row[]): Row[] {
  return rows.filter(({ state }) => state === 'check');
}

/** Every row the policy enables for this person. */
export function rowsOf(visit: PersonVisit, standing: Standing): Row[] {
  return standing.asked.methods.map((kind) => rowOf(visit, standing, kind));
}

function sentencesOf(visit: PersonVisit, standing: Standing): string[] {
  const words = visit.t.register.progress;
  const missing = missingFor(standing.asked, visit.person);
  return [
    ...(missing.methods > 0 ? [words.methods(missing.methods)] : []),
    ...(missing.questions > 0 ? [words.questions(missing.questions)] : []),
    ...(missing.needsPossession ? [words.needsPossession] : []),
  ];
}

/** Says how far a person is. */
export function progressOf(visit: PersonVisit, standing: Standing, rows: Row[]): Progress {
  const words = visit.t.register.progress;
  const registered = isRegistered(standing.asked, visit.person);
  const check = uncheckedRows(rows).length > 0;
  const until = registered ? null : postponableUntil(visit);
  const done = check ? words.check : words.met;
  return {
    sentences: registered ? [done] : sentencesOf(visit, standing),
    canFinish: registered && !check,
    laterUntil: until === null ? null : dateWords(visit, until),
  };
}
