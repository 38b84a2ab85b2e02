import { recordEvent } from '../audit/audit.ts';
import { failureMonthOfResets, wrongAnswers } from '../challenges/code-limits.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { type Counted, clearLimit, giveBack, takeFromLimits } from '../limits/limits.ts';
import type { Person } from '../people/person.ts';
import { questionText, readQuestions } from '../questions/questions.ts';
import { drawQuestions } from '../registrations/drawn-questions.ts';
import { forgetDrawn } from '../registrations/forget-drawn.ts';
import { TooBusy } from '../secrets/bounded-queue.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import type { Reset } from './reset.ts';
import { questionsDestination } from './standing.ts';

/** A question that a reset asks. */
export interface AskedQuestion {
  id: string;
  text: string;
}

export type AnswersTaken =
  | { result: 'verified' }
  | { result: 'incorrect' | 'stopped' }
  | { result: 'resting'; until: Time };

/** Reads the questions drawn for a person; only after a gate of possession was passed (S39). */
export async function readAskedQuestions(
  deps: Deps,
  person: Person,
  { count, language }: { count: number; language: Language },
): Promise<AskedQuestion[]> {
  const ids = await drawQuestions(deps.db, deps.now(), { personId: person.id, count });
  const known = await readQuestions(deps.db);
  return ids.flatMap((id) => {
    const question = known.find((one) => one.id === id);
    return question ? [{ id, text: questionText(question, language) }] : [];
  });
}

function limitsOf({ id }: Person): Counted[] {
  return [...wrongAnswers(id), failureMonthOfResets(id)];
}

/** Every answer is compared, whatever came of those before it: which one was wrong shows in nothing. */
async function compareAll(
  deps: Deps,
  person: Person,
  answers: ReadonlyMap<string, string>,
): Promise<boolean> {
  const rows = await deps.db
    .selectFrom('answers')
    .select(['question_id', 'hash'])
    .where('person_id', '=', person.id)
    .execute();
  const compared = [...answers].map(async ([id, answer]) => {
    const hash = rows.find(({ question_id }) => question_id === id)?.hash;
    if (hash === undefined) return deps.secrets.hashing.verifyNothing(answer);
    return deps.secrets.answers.verifyAnswer(hash, answer, person.id);
  });
  const settled = await Promise.allSettled(compared);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return settled.every((one) => one.status === 'fulfilled' && one.value);
}

/** A house too busy to compare has seen no failure. */
async function compare(deps: Deps, person: Person, answers: ReadonlyMap<string, string>): Promise<boolean> {
  try {
    return await compareAll(deps, person, answers);
  } catch (error) {
    if (error instanceof TooBusy)
      for (const counted of limitsOf(person)) await giveBack(deps.db, deps.now(), counted);
    throw error;
  }
}

async function keepProof(tx: Db, deps: Deps, { id }: Reset): Promise<void> {
  const at = deps.now();
  const proof = {
    id: newId(),
    reset_id: id,
    method: 'security-questions',
    destination: questionsDestination,
  };
  await tx
    .insertInto('reset_asks')
    .values({
      ...proof,
      value: '',
      language: '',
      created_at: at,
      expires_at: at,
      asked_at: at,
      ended_at: at,
      ended_as: 'passed',
    })
    .execute();
}

async function accept(deps: Deps, reset: Reset, { person, address }: { person: Person; address: string }) {
  await inTransaction(deps.db, async (tx) => {
    for (const counted of limitsOf(person)) await giveBack(tx, deps.now(), counted);
    const [hour] = wrongAnswers(person.id);
    if (hour) await clearLimit(tx, hour);
    await keepProof(tx, deps, reset);
    await forgetDrawn(tx, person.id);
    await recordEvent(tx, deps.now(), {
      event: 'answers-accepted',
      actor: { kind: 'stranger' },
      subject: person.id,
      address,
    });
  });
}

/**
 * Compares a whole set of answers (normalised, by question): all are right or nothing is passed, and which was wrong is
 * not told (S31). The failure is counted, and committed, before anything is compared. Rejects with `TooBusy`.
 */
export async function verifyAnswers(
  deps: Deps,
  reset: Reset,
  given: { person: Person; answers: ReadonlyMap<string, string>; address: string },
): Promise<AnswersTaken> {
  const { person, answers, address } = given;
  const counted = await takeFromLimits(deps.db, deps.now(), limitsOf(person));
  if (counted.result === 'full') return { result: 'resting', until: counted.freeAt };
  if (await compare(deps, person, answers)) {
    await accept(deps, reset, { person, address });
    return { result: 'verified' };
  }
  await recordEvent(deps.db, deps.now(), {
    event: 'answers-refused',
    actor: { kind: 'stranger' },
    subject: person.id,
    outcome: 'refused',
    address,
  });
  return { result: 'incorrect' };
}
