import type { KeyObject } from 'node:crypto';
import { type Deps, inTransaction } from '../deps.ts';

/** One of a person's own answers; null: its sealed copy is gone, only what a reset compares with is left. */
export interface OwnAnswer {
  position: number;
  questionId: string;
  answer: string | null;
}

export type OpenedAnswers =
  | { result: 'opened'; answers: OwnAnswer[] }
  /** The key was wrapped under another password: the present one was set elsewhere. */
  | { result: 'wrapped-otherwise' };

async function readPair({ db }: Deps, personId: string) {
  return db.selectFrom('key_pairs').selectAll().where('person_id', '=', personId).executeTakeFirst();
}

async function readSealed({ db }: Deps, personId: string) {
  return db
    .selectFrom('answers')
    .select(['position', 'question_id', 'sealed'])
    .where('person_id', '=', personId)
    .orderBy('position')
    .execute();
}

function openEach(
  deps: Deps,
  personId: string,
  of: { key: KeyObject | null; rows: Awaited<ReturnType<typeof readSealed>> },
) {
  const { key, rows } = of;
  return rows.map(({ position, question_id: questionId, sealed }): OwnAnswer => {
    const binding = { person: personId, question: questionId };
    const answer = key && sealed !== null ? deps.secrets.answerSeal.openAnswer(key, sealed, binding) : null;
    return { position, questionId, answer };
  });
}

/** Opens a person's own answers with the password that was just typed and proven; rejects with `TooBusy`. */
export async function openOwnAnswers(deps: Deps, personId: string, password: string): Promise<OpenedAnswers> {
  const [pair, rows] = [await readPair(deps, personId), await readSealed(deps, personId)];
  if (!pair) return { result: 'opened', answers: openEach(deps, personId, { key: null, rows }) };
  const opened = await deps.secrets.answerSeal.openPrivateKey(pair.wrapped_private_key, password);
  if (opened.result !== 'opened') return { result: 'wrapped-otherwise' };
  return { result: 'opened', answers: openEach(deps, personId, { key: opened.privateKey, rows }) };
}

/** Wraps the key of a person's answers under the present password, given the one it was wrapped under. */
export async function rewrapOwnAnswers(
  deps: Deps,
  personId: string,
  passwords: { old: string; present: string },
): Promise<{ result: 'rewrapped' | 'wrong-password' }> {
  const pair = await readPair(deps, personId);
  if (!pair) return { result: 'wrong-password' };
  const { old, present } = passwords;
  const rewrapped = await deps.secrets.answerSeal.rewrap(pair.wrapped_private_key, old, present);
  if (rewrapped.result !== 'rewrapped') return { result: 'wrong-password' };
  await deps.db
    .updateTable('key_pairs')
    .set({ wrapped_private_key: rewrapped.wrappedPrivateKey })
    .where('person_id', '=', personId)
    .where('wrapped_private_key', '=', pair.wrapped_private_key)
    .execute();
  return { result: 'rewrapped' };
}

/** Makes a new key for a person who cannot give the old password any more: answers sealed before can never be shown. */
export async function startAnswersAnew(deps: Deps, personId: string, password: string): Promise<void> {
  const made = await deps.secrets.answerSeal.makeKeyPair(password);
  await inTransaction(deps.db, async (tx) => {
    const pair = {
      public_key: made.publicKey,
      wrapped_private_key: made.wrappedPrivateKey,
      made_at: deps.now(),
    };
    await tx
      .insertInto('key_pairs')
      .values({ person_id: personId, ...pair })
      .onConflict((c) => c.column('person_id').doUpdateSet(pair))
      .execute();
    await tx.updateTable('answers').set({ sealed: null }).where('person_id', '=', personId).execute();
  });
}
