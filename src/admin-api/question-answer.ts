import { z } from '@hono/zod-openapi';
import { readAdministratorNames } from '../administrators/administrator.ts';
import type { Question } from '../questions/questions.ts';
import type { Db } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { isoTime } from './door.ts';
import { refusalOf, refusalSchema } from './refusal.ts';

/** A question for the reader. */
export const questionAnswer = z
  .strictObject({
    id: z.string(),
    /** It came with Sparekey, so that it can be approved or retired and nothing else. */
    predefined: z.boolean(),
    nl: z.string().nullable(),
    en: z.string().nullable(),
    approved: z.boolean(),
    retiredAt: z.string().nullable(),
    /** To be given back as `basedOn` with a change. */
    revision: z.int(),
    /** The id of the question it took the place of. */
    replaces: z.string().nullable(),
  })
  .openapi('Question');

/** Every question, in order. */
export const questionsAnswer = z.strictObject({ questions: z.array(questionAnswer) });

/** The refusal of a change that came too late, with the question as it is now and who changed it when. */
export const questionChanged = refusalSchema.extend({
  question: questionAnswer,
  by: z.string().nullable(),
  at: z.string().nullable(),
});

/** A question as the door shows it. */
export function questionAnswerOf(question: Question): z.infer<typeof questionAnswer> {
  const { id, predefined, nl, en, retiredAt, revision, replaces } = question;
  const approved = retiredAt === null;
  return {
    id,
    predefined: predefined !== null,
    nl,
    en,
    approved,
    retiredAt: isoTime(retiredAt),
    revision,
    replaces,
  };
}

/** Says who changed a question since it was looked at, and what it is now. */
export async function questionChangedOf(
  db: Db,
  language: Language,
  question: Question,
): Promise<z.infer<typeof questionChanged>> {
  const { changedBy, changedAt } = question;
  const names = changedBy === null ? undefined : await readAdministratorNames(db, [changedBy]);
  return {
    ...refusalOf(language, 'question-changed-meanwhile', 'basedOn'),
    question: questionAnswerOf(question),
    by: changedBy && (names?.get(changedBy) ?? changedBy),
    at: isoTime(changedAt),
  };
}
