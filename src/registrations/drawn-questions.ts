import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { inTransaction } from '../deps.ts';
import type { Db, Time } from '../store/schema.ts';
import { readAnswers } from './answers.ts';

const idsSchema = z.array(z.string());

/** Puts things in an order that nobody can foresee (Fisher and Yates). */
function shuffle<T>(things: readonly T[]): T[] {
  const left = [...things];
  const drawn: T[] = [];
  while (left.length > 0) drawn.push(...left.splice(randomInt(left.length), 1));
  return drawn;
}

async function readKept(tx: Db, personId: string): Promise<string[]> {
  const row = await tx
    .selectFrom('drawn_questions')
    .select('question_ids')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row ? idsSchema.parse(JSON.parse(row.question_ids)) : [];
}

/**
 * Gives the questions that a reset asks a person, by their ids: drawn once and kept, so that nobody tries again until
 * easier ones come up (S31). More are drawn only when the policy asks more than were. Fewer when so many were never answered.
 */
export async function drawQuestions(
  db: Db,
  at: Time,
  { personId, count }: { personId: string; count: number },
): Promise<string[]> {
  return inTransaction(db, async (tx) => {
    const answered = (await readAnswers(tx, personId)).map(({ questionId }) => questionId);
    const kept = (await readKept(tx, personId)).filter((id) => answered.includes(id));
    if (kept.length >= count) return kept.slice(0, count);
    const drawn = [...kept, ...shuffle(answered.filter((id) => !kept.includes(id)))].slice(0, count);
    const row = { question_ids: JSON.stringify(drawn), drawn_at: at };
    await tx
      .insertInto('drawn_questions')
      .values({ person_id: personId, ...row })
      .onConflict((c) => c.column('person_id').doUpdateSet(row))
      .execute();
    return drawn;
  });
}
