import { z } from 'zod';
import { type AnswerProblem, normaliseAnswer, normaliseText } from './answer.ts';
import { addProblem, type ProblemSink } from './problem.ts';
import { typedText } from './typed-text.ts';

/** A question that may be chosen, with its text in each language in which somebody may read it. */
export interface AllowedQuestion {
  id: string;
  texts: readonly string[];
}

/** Which questions may be chosen, and which the person has answered already. */
export interface AnswerRules {
  questions: readonly AllowedQuestion[];
  takenQuestionIds: readonly string[];
}

/** Makes the form `{questionId, answer}`; gives the answer as typed (trimmed) and in the form that is hashed. */
export function answerForm(rules: AnswerRules) {
  return z.object({ questionId: typedText, answer: typedText }).transform((typed, ctx) => {
    const question = checkQuestion(typed.questionId, rules, ctx);
    const checked = checkAnswer(typed.answer, question?.texts ?? []);
    if (checked.result !== 'answer') addProblem(ctx, checked.result, 'answer');
    if (question === null || checked.result !== 'answer') return z.NEVER;
    return { questionId: question.id, answer: typed.answer.trim(), normalised: checked.normalised };
  });
}

/** Reads an answer and refuses what anybody would try first: one character repeated, or words of the question. */
export function checkAnswer(
  text: string,
  questionTexts: readonly string[],
):
  | { result: 'answer'; normalised: string }
  | { result: AnswerProblem | 'answer-too-simple' | 'answer-in-question' } {
  const read = normaliseAnswer(text);
  if (read.result !== 'answer') return read;
  if (new Set(read.normalised).size === 1) return { result: 'answer-too-simple' };
  const said = questionTexts.some((question) => saysWords(question, read.normalised));
  return said ? { result: 'answer-in-question' } : read;
}

function checkQuestion(id: string, rules: AnswerRules, ctx: ProblemSink): AllowedQuestion | null {
  const question = rules.questions.find((allowed) => allowed.id === id);
  if (id === '') addProblem(ctx, 'question-missing', 'questionId');
  else if (question === undefined) addProblem(ctx, 'question-unknown', 'questionId');
  else if (rules.takenQuestionIds.includes(id)) addProblem(ctx, 'question-taken', 'questionId');
  else return question;
  return null;
}

/** Whole words, so that “Ede” isn’t refused for being a piece of another word. */
function saysWords(question: string, answer: string): boolean {
  const words = wordsIn(answer);
  return words !== '' && ` ${wordsIn(question)} `.includes(` ${words} `);
}

function wordsIn(text: string): string {
  return (normaliseText(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
}
