import { isApproved } from '../questions/lists.ts';
import { readQuestions } from '../questions/questions.ts';
import type { AnsweredQuestion } from '../registrations/answers.ts';
import type { PersonVisit } from '../web/visit.ts';

/** The places whose question was retired since, as far as there is another question to put there. */
export async function retiredPlaces(
  { deps }: PersonVisit,
  answers: readonly AnsweredQuestion[],
): Promise<number[]> {
  const approved = (await readQuestions(deps.db)).filter(isApproved).map(({ id }) => id);
  const open = approved.filter((id) => !answers.some(({ questionId }) => questionId === id));
  const retired = answers.filter(({ questionId }) => !approved.includes(questionId));
  return retired.slice(0, open.length).map(({ position }) => position);
}
