import { readPolicy } from '../policy/versions.ts';
import {
  type By,
  type ChangingDeps,
  type Chosen,
  change,
  type Missed,
  readAgain,
  tell,
  update,
} from './changing.ts';
import { isApproved, isFull, isThereAlready, orderWith, writeOrder } from './lists.ts';
import { type Question, readQuestions } from './questions.ts';

export type Retired = Missed | { result: 'retired'; question: Question } | { result: 'too-few-questions' };

/** Retires a question: nobody can choose it any more, and who uses it keeps it until their next check. */
export async function retire(deps: ChangingDeps, chosen: Chosen, by: By): Promise<Retired> {
  return change<Retired>(deps, chosen, async (tx, question, questions) => {
    if (!isApproved(question)) return { result: 'retired', question };
    const policy = await readPolicy(tx);
    const left = questions.filter(isApproved).length - 1;
    if (policy.securityQuestions && left < policy.questionsToRegister) return { result: 'too-few-questions' };
    await update(tx, deps, { id: question.id, by, set: { retired_at: deps.now() } });
    await tell(tx, deps, by, { event: 'question-retired', details: { question: question.id } });
    return { result: 'retired', question: await readAgain(tx, question.id) };
  });
}

export type Approved =
  | Missed
  | { result: 'approved'; question: Question }
  | { result: 'too-many-questions' | 'question-already-there' };

/** Approves a retired question again, in the place where it stood. */
export async function approve(deps: ChangingDeps, chosen: Chosen, by: By): Promise<Approved> {
  return change<Approved>(deps, chosen, async (tx, question, questions) => {
    if (isApproved(question)) return { result: 'approved', question };
    if (isThereAlready(questions, question, question.id)) return { result: 'question-already-there' };
    if (question.predefined === null && isFull(questions)) return { result: 'too-many-questions' };
    await update(tx, deps, { id: question.id, by, set: { retired_at: null } });
    await tell(tx, deps, by, { event: 'question-approved', details: { question: question.id } });
    return { result: 'approved', question: await readAgain(tx, question.id) };
  });
}

export type Moved = Missed | { result: 'moved'; questions: Question[] } | { result: 'before-unknown' };

/** Moves a question so that it stands before another, or at the end of the list. */
export async function moveQuestion(
  deps: ChangingDeps,
  chosen: Chosen & { before: string | null },
  by: By,
): Promise<Moved> {
  const { before } = chosen;
  return change<Moved>(deps, chosen, async (tx, question, questions) => {
    if (before !== null && !questions.some(({ id }) => id === before)) return { result: 'before-unknown' };
    const order = await orderWith(
      tx,
      question.id,
      before === question.id ? nextOf(questions, before) : before,
    );
    if (order.join() !== questions.map(({ id }) => id).join()) {
      await writeOrder(tx, order);
      await update(tx, deps, { id: question.id, by, set: {} });
      await tell(tx, deps, by, { event: 'question-moved', details: { question: question.id } });
    }
    return { result: 'moved', questions: await readQuestions(tx) };
  });
}

function nextOf(questions: readonly Question[], id: string): string | null {
  return questions[questions.findIndex((one) => one.id === id) + 1]?.id ?? null;
}
