import { z } from 'zod';
import { answerForm } from '../methods/answer-form.ts';
import { isApproved } from '../questions/lists.ts';
import { questionText, readQuestions } from '../questions/questions.ts';
import { keepAnswer, readAnswers } from '../registrations/answers.ts';
import { personPage } from '../web/form-page.ts';
import { doing, goTo, problem, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { askAuthority } from './authority.ts';
import { firstFree } from './questions-page.ts';
import { retiredPlaces } from './retired-questions.ts';
import { isOffered, needsCheck, readStanding, rowId } from './rows.ts';

const list = '/register/security-questions';
const hidden = 'hidden';

declare module '../web/views.ts' {
  interface Views {
    'register/security-question': {
      path: string;
      number: number;
      of: number;
      questions: { id: string; text: string }[];
      chosen: string;
      hideAnswer: boolean;
      /** The question that stood here and was retired; null when none was. */
      retired: string | null;
    };
  }
}

const wholeNumber = z
  .string()
  .regex(/^[1-9]\d?$/)
  .transform(Number);

/** How many places there are: as many as the policy asks, or more where more were answered before. */
function placesOf({ policy, person }: PersonVisit): number {
  return Math.max(policy.questionsToRegister, person.questionCount);
}

/** The place in the address: 1 up to the number of places; null for anything else. */
function placeOf(visit: PersonVisit, of: number): number | null {
  const parsed = wholeNumber.pipe(z.number().max(of)).safeParse(visit.req.params.place);
  return parsed.success ? parsed.data : null;
}

/** Everything the step needs to know, or undefined where there is no such step. */
async function readStep(visit: PersonVisit) {
  const { answers } = await readStanding(visit);
  const place = placeOf(visit, placesOf(visit));
  const next = firstFree(answers.map(({ position }) => position));
  if (place === null || place > next || !isOffered(visit, 'security-questions')) return undefined;
  const others = answers.filter(({ position }) => position !== place).map(({ questionId }) => questionId);
  const own = answers.find(({ position }) => position === place)?.questionId ?? '';
  const questions = await readQuestions(visit.deps.db);
  const approved = questions.filter(isApproved);
  const retired = questions.find((question) => question.id === own && !isApproved(question));
  return { place, of: placesOf(visit), others, own, approved, retired };
}

async function afterKept(visit: PersonVisit, kept: { place: number; answers: string }) {
  const said = visit.t.register.said.answerKept(kept.place);
  const [{ asked }, answers] = [await readStanding(visit), await readAnswers(visit.deps.db, visit.person.id)];
  const suffix = kept.answers === hidden ? `?answers=${hidden}` : '';
  if (answers.length >= asked.questionsToRegister) {
    const unchecked = answers.filter(({ checkedAt }) => needsCheck(visit, checkedAt));
    const [place] = await retiredPlaces(visit, answers);
    const isAsked = unchecked.some(({ position }) => position === place);
    return isAsked ? goTo(`${list}/${place}${suffix}`, said) : goTo('/register', said);
  }
  const free = firstFree(answers.map(({ position }) => position));
  return goTo(`${list}/${free}${suffix}`, said);
}

/** One question per step, kept as soon as it is answered, so that an error never costs the other answers. */
export const questionPage = personPage({
  path: `${list}/:place`,
  view: 'register/security-question',
  row: () => rowId('security-questions'),
  title: (visit) => visit.t.register.questions.stepTitle(Number(visit.req.params.place), placesOf(visit)),
  secret: ['answer'],
  async show(visit) {
    const step = await readStep(visit);
    if (!step) return goTo(list);
    const { place, of, others, own, approved, retired } = step;
    const open = approved.filter(({ id }) => !others.includes(id));
    return (
      askAuthority(visit) ??
      shown({
        path: `${list}/${place}`,
        number: place,
        of,
        questions: open.map((question) => ({
          id: question.id,
          text: questionText(question, visit.language),
        })),
        chosen: own,
        hideAnswer: visit.query.answers === hidden,
        retired: retired ? questionText(retired, visit.language) : null,
      })
    );
  },
  async form(visit) {
    const step = await readStep(visit);
    const questions = (step?.approved ?? []).map(({ id, nl, en }) => ({
      id,
      texts: [nl, en].filter((text) => text !== null),
    }));
    const answer = answerForm({ questions, takenQuestionIds: step?.others ?? [] });
    return z.intersection(answer, z.object({ answers: z.string().catch('') }));
  },
  async submit(visit, typed) {
    const step = await readStep(visit);
    if (!step) return goTo(list);
    const asked = askAuthority(visit);
    if (asked) return asked;
    const { questionId, answer, normalised } = typed;
    const kept = await keepAnswer(visit.deps, doing(visit), {
      position: step.place,
      questionId,
      answer,
      normalised,
    });
    if (kept.result === 'ended') return goTo('/register');
    if (kept.result === 'question-taken') return problem('questionId', visit.t.problems['question-taken']);
    if (kept.result === 'answer-taken') return problem('answer', visit.t.problems['answer-taken']);
    return afterKept(visit, { place: step.place, answers: typed.answers });
  },
});
