import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { predefinedQuestions } from './predefined.ts';

/** A question that people may choose, or (retired) once could. */
export interface Question {
  id: string;
  predefined: string | null;
  nl: string | null;
  en: string | null;
  retiredAt: Time | null;
  /** Raised by every change; who changes it says which one was looked at. */
  revision: number;
  changedAt: Time | null;
  /** The id of the administrator who changed it last. */
  changedBy: string | null;
  /** The question this one took the place of, with another meaning. */
  replaces: string | null;
}

/** The text in the person's language, else in the other. */
export function questionText(question: Question, language: Language): string {
  return question[language] ?? question.nl ?? question.en ?? '';
}

/** Reads every question, retired ones too, in the administrator's order. */
export async function readQuestions(db: Db): Promise<Question[]> {
  const rows = await db.selectFrom('questions').selectAll().orderBy('position').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    predefined: row.predefined,
    nl: row.nl,
    en: row.en,
    retiredAt: row.retired_at,
    revision: row.revision,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
    replaces: row.replaces,
  }));
}

/** Reads the questions that may be chosen now. */
export async function readApprovedQuestions(db: Db): Promise<Question[]> {
  return (await readQuestions(db)).filter((question) => question.retiredAt === null);
}

/** Puts the predefined questions that are not there yet into the list. */
export async function seedQuestions(db: Db, at: Time): Promise<void> {
  const known = new Set((await readQuestions(db)).map((question) => question.predefined));
  const fresh = predefinedQuestions.filter(({ key }) => !known.has(key));
  if (fresh.length === 0) return;
  await db
    .insertInto('questions')
    .values(
      fresh.map(({ key, nl, en }, index) => ({
        id: key,
        predefined: key,
        nl,
        en,
        position: known.size + index + 1,
        created_at: at,
        retired_at: null,
      })),
    )
    .execute();
}

/** Adds a custom question in one or both languages, at the end of the list. */
export async function addQuestion(
  db: Db,
  at: Time,
  question: { id: string; nl: string | null; en: string | null },
): Promise<void> {
  const { last } = await db
    .selectFrom('questions')
    .select((q) => q.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  await db
    .insertInto('questions')
    .values({ ...question, predefined: null, position: (last ?? 0) + 1, created_at: at, retired_at: null })
    .execute();
}

/** Retires a question: nobody can choose it any more, and who uses it keeps it. Tells whether it was there. */
export async function retireQuestion(db: Db, at: Time, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('questions')
    .set((row) => ({ retired_at: at, revision: row('revision', '+', 1) }))
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
