import { inTransaction } from '../deps.ts';
import { lockRules } from '../policy/lock.ts';
import { newId } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
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
import { isApproved, isFull, isThereAlready, orderWith, type QuestionTexts, writeOrder } from './lists.ts';
import { addQuestion, type Question, readQuestions } from './questions.ts';

export type Added =
  | { result: 'added'; question: Question }
  | { result: 'question-already-there' | 'too-many-questions' };

/** Adds a custom question at the end of the list; it may be chosen from then on. */
export async function addCustomQuestion(deps: ChangingDeps, texts: QuestionTexts, by: By): Promise<Added> {
  return inTransaction(deps.db, async (tx): Promise<Added> => {
    await lockRules(tx, deps.now());
    const questions = await readQuestions(tx);
    if (isThereAlready(questions, texts)) return { result: 'question-already-there' };
    if (isFull(questions)) return { result: 'too-many-questions' };
    const id = newId();
    await addQuestion(tx, deps.now(), { id, ...texts });
    await tell(tx, deps, by, { event: 'question-added', details: { question: id } });
    return { result: 'added', question: await readAgain(tx, id) };
  });
}

export type Corrected =
  | Missed
  | { result: 'corrected'; question: Question }
  | { result: 'replaced'; question: Question }
  | { result: 'question-predefined' | 'question-retired' | 'question-already-there' };

/**
 * Gives a custom question other words. A correction keeps the question and all who use it; with another meaning it
 * becomes a new question in the same place and the old one is retired.
 */
export async function editQuestion(
  deps: ChangingDeps,
  edit: Chosen & { texts: QuestionTexts; as: 'correction' | 'new-meaning' },
  by: By,
): Promise<Corrected> {
  return change<Corrected>(deps, edit, async (tx, question, questions) => {
    const { texts, as } = edit;
    if (question.predefined !== null) return { result: 'question-predefined' };
    if (!isApproved(question)) return { result: 'question-retired' };
    if (isThereAlready(questions, texts, question.id)) return { result: 'question-already-there' };
    if (question.nl === texts.nl && question.en === texts.en) return { result: 'corrected', question };
    return as === 'correction'
      ? correct(tx, deps, { question, texts, by })
      : replace(tx, deps, { question, texts, by });
  });
}

interface Editing {
  question: Question;
  texts: QuestionTexts;
  by: By;
}

async function correct(tx: Db, deps: ChangingDeps, { question, texts, by }: Editing): Promise<Corrected> {
  await update(tx, deps, { id: question.id, by, set: { nl: texts.nl, en: texts.en } });
  await tell(tx, deps, by, { event: 'question-corrected', details: { question: question.id } });
  return { result: 'corrected', question: await readAgain(tx, question.id) };
}

async function replace(tx: Db, deps: ChangingDeps, { question, texts, by }: Editing): Promise<Corrected> {
  const id = newId();
  await addQuestion(tx, deps.now(), { id, ...texts });
  await tx.updateTable('questions').set({ replaces: question.id }).where('id', '=', id).execute();
  await writeOrder(tx, await orderWith(tx, id, question.id));
  await update(tx, deps, { id: question.id, by, set: { retired_at: deps.now() } });
  const details = { question: id, replaces: question.id };
  await tell(tx, deps, by, { event: 'question-replaced', details });
  return { result: 'replaced', question: await readAgain(tx, id) };
}
