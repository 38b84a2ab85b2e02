import { questionText, readQuestions } from '../questions/questions.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { isOffered, readStanding, rowId } from './rows.ts';

declare module '../web/views.ts' {
  interface Views {
    'register/security-questions': {
      questions: { number: number; text: string; retired: boolean }[];
    };
  }
}

/** Leads to the next question, or once all are answered lists them (never the answers), each to be changed. */
export const questionsPage = personPage({
  path: '/register/security-questions',
  view: 'register/security-questions',
  row: () => rowId('security-questions'),
  title: ({ t }) => t.register.questions.title,
  async show(visit) {
    const { asked, answers } = await readStanding(visit);
    if (!isOffered(visit, 'security-questions')) return goTo('/register');
    const free = firstFree(answers.map(({ position }) => position));
    if (answers.length < asked.questionsToRegister) return goTo(`/register/security-questions/${free}`);
    const known = await readQuestions(visit.deps.db);
    const questions = answers.map(({ position, questionId }) => {
      const question = known.find(({ id }) => id === questionId);
      const text = question ? questionText(question, visit.language) : '';
      return { number: position, text, retired: question?.retiredAt !== null };
    });
    return shown({ questions });
  },
});

/** The first place that has no question yet. */
export function firstFree(taken: readonly number[]): number {
  let free = 1;
  while (taken.includes(free)) free += 1;
  return free;
}
