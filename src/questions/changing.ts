import { type AuditEntry, type AuditEvent, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { lockRules } from '../policy/lock.ts';
import type { Db } from '../store/schema.ts';
import { type Question, readQuestions } from './questions.ts';

/** What changing questions needs. */
export type ChangingDeps = Pick<Deps, 'db' | 'now'>;

/** Who changes a question: the id of the administrator, and as the audit names them. */
export interface By {
  by: string;
  act: Pick<AuditEntry, 'actor' | 'address'>;
}

/** A question, and the revision of it that was looked at. */
export interface Chosen {
  id: string;
  basedOn: number;
}

/** Why a change did not come about: no such question, or another revision of it than was looked at. */
export type Missed =
  | { result: 'question-unknown' }
  | { result: 'question-changed-meanwhile'; question: Question };

/** Does work on a question as it was looked at; changes of the rules wait for each other. */
export async function change<R>(
  deps: ChangingDeps,
  { id, basedOn }: Chosen,
  work: (tx: Db, question: Question, questions: readonly Question[]) => Promise<R>,
): Promise<R | Missed> {
  return inTransaction(deps.db, async (tx): Promise<R | Missed> => {
    await lockRules(tx, deps.now());
    const questions = await readQuestions(tx);
    const question = questions.find((one) => one.id === id);
    if (!question) return { result: 'question-unknown' };
    if (question.revision !== basedOn) return { result: 'question-changed-meanwhile', question };
    return work(tx, question, questions);
  });
}

type Columns = { nl?: string | null; en?: string | null; retired_at?: number | null };

/** Writes columns of a question, with who and when; its revision rises. */
export async function update(
  tx: Db,
  { now }: ChangingDeps,
  { id, by, set }: { id: string; by: By; set: Columns },
): Promise<void> {
  await tx
    .updateTable('questions')
    .set((row) => ({ ...set, revision: row('revision', '+', 1), changed_at: now(), changed_by: by.by }))
    .where('id', '=', id)
    .execute();
}

/** Puts into the audit what became of a question. */
export async function tell(
  tx: Db,
  { now }: ChangingDeps,
  { act }: By,
  told: { event: AuditEvent; details: Record<string, string> },
): Promise<void> {
  await recordEvent(tx, now(), { ...act, ...told });
}

/** Reads a question that is known to be there. */
export async function readAgain(tx: Db, id: string): Promise<Question> {
  const question = (await readQuestions(tx)).find((one) => one.id === id);
  if (!question) throw new Error('A question that was just written is not there.');
  return question;
}
