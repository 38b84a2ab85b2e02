import { ownAct, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { mayGoOn } from '../people/person.ts';
import type { Db, Time } from '../store/schema.ts';
import { refreshFacts } from './facts.ts';
import { forgetDrawn } from './forget-drawn.ts';
import { sealToPerson } from './key-pair.ts';
import { tellOfQuestions } from './questions-notice.ts';
import { type Doing, endEarlierSteps, type Removing } from './register-method.ts';

/** Which question stands at which place; the answer itself is not in it. */
export interface AnsweredQuestion {
  position: number;
  questionId: string;
  givenAt: Time;
  checkedAt: Time;
}

/** An answer to keep at a place: as it was typed, and as it is compared. */
export interface Given {
  position: number;
  questionId: string;
  answer: string;
  normalised: string;
}

export type Kept = { result: 'kept' } | { result: 'answer-taken' | 'question-taken' | 'ended' };

/** Reads which questions a person has answered, in their order. */
export async function readAnswers(db: Db, personId: string): Promise<AnsweredQuestion[]> {
  const rows = await db
    .selectFrom('answers')
    .select(['position', 'question_id', 'given_at', 'checked_at'])
    .where('person_id', '=', personId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    position: row.position,
    questionId: row.question_id,
    givenAt: row.given_at,
    checkedAt: row.checked_at,
  }));
}

/** The hashes of the answers at other places; read again before writing, to see whether any came in meanwhile. */
async function otherHashes(db: Db, personId: string, position: number): Promise<string[]> {
  const rows = await db
    .selectFrom('answers')
    .select('hash')
    .where('person_id', '=', personId)
    .where('position', '!=', position)
    .orderBy('position')
    .execute();
  return rows.map(({ hash }) => hash);
}

async function isTaken(
  deps: Deps,
  personId: string,
  { hashes, normalised }: { hashes: string[]; normalised: string },
) {
  const same = await Promise.all(
    hashes.map((hash) => deps.secrets.answers.verifyAnswer(hash, normalised, personId)),
  );
  return same.includes(true);
}

async function writeAnswer(
  tx: Db,
  deps: Deps,
  { doing, given, hashed }: { doing: Doing; given: Given; hashed: { hash: string; sealed: string | null } },
) {
  const { id } = doing.person;
  const at = deps.now();
  const row = {
    question_id: given.questionId,
    hash: hashed.hash,
    sealed: hashed.sealed,
    given_at: at,
    checked_at: at,
  };
  await tx
    .insertInto('answers')
    .values({ person_id: id, position: given.position, ...row })
    .onConflict((c) => c.columns(['person_id', 'position']).doUpdateSet(row))
    .execute();
  await forgetDrawn(tx, id);
  await refreshFacts(tx, deps, id);
  await endEarlierSteps(tx, deps, doing);
  await recordEvent(tx, at, {
    event: 'question-answered',
    ...ownAct(id, doing.address),
    details: { position: given.position },
  });
}

async function isQuestionTaken(tx: Db, personId: string, given: Given): Promise<boolean> {
  const row = await tx
    .selectFrom('answers')
    .select('position')
    .where('person_id', '=', personId)
    .where('question_id', '=', given.questionId)
    .where('position', '!=', given.position)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Keeps one answer: hashed to compare at a reset, sealed so that only the person can see it. No question and no answer
 * twice; when another answer comes in while this one is hashed, it is compared again; `ended` when the person may not
 * go on by then (S14). Rejects with `TooBusy`.
 * Told at every address once the set is complete, or when an answer of a complete set changes.
 */
export async function keepAnswer(deps: Deps, doing: Doing, given: Given): Promise<Kept> {
  const { id } = doing.person;
  const others = await otherHashes(deps.db, id, given.position);
  if (await isTaken(deps, id, { hashes: others, normalised: given.normalised }))
    return { result: 'answer-taken' };
  const hash = await deps.secrets.answers.hashAnswer(given.normalised, id);
  const sealed = await sealToPerson(deps, id, given);
  const kept = await inTransaction(deps.db, async (tx): Promise<Kept | { result: 'changed-meanwhile' }> => {
    if (!(await mayGoOn(tx, doing.person))) return { result: 'ended' };
    if (await isQuestionTaken(tx, id, given)) return { result: 'question-taken' };
    const now = await otherHashes(tx, id, given.position);
    if (now.join() !== others.join()) return { result: 'changed-meanwhile' };
    await writeAnswer(tx, deps, { doing, given, hashed: { hash, sealed } });
    if (others.length + 1 >= doing.policy.questionsToRegister) await tellOfQuestions(tx, deps, doing);
    return { result: 'kept' };
  });
  return kept.result === 'changed-meanwhile' ? keepAnswer(deps, doing, given) : kept;
}

/** Removes all questions and answers of the person. */
export async function removeAnswers(deps: Deps, doing: Doing): Promise<{ result: 'removed' | 'not-there' }> {
  return removeAnswersBy(deps, { ...doing, act: ownAct(doing.person.id, doing.address) });
}

/** Removes all questions and answers of a person, told at every known address. */
export async function removeAnswersBy(
  deps: Deps,
  { act, ...doing }: Omit<Doing, 'address'> & Pick<Removing, 'act'>,
): Promise<{ result: 'removed' | 'not-there' }> {
  const { id } = doing.person;
  return inTransaction(deps.db, async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('answers').where('person_id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) return { result: 'not-there' };
    await forgetDrawn(tx, id);
    await refreshFacts(tx, deps, id);
    const details = { method: 'security-questions' };
    await recordEvent(tx, deps.now(), { event: 'method-removed', ...act, details });
    await tellOfQuestions(tx, deps, doing);
    return { result: 'removed' };
  });
}
