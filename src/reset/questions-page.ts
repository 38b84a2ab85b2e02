import { z } from 'zod';
import { normaliseAnswer } from '../methods/answer.ts';
import { typedText } from '../methods/typed-text.ts';
import { type AskedQuestion, readAskedQuestions, verifyAnswers } from '../resets/questions.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { renewSessionId } from '../web/session.ts';
import { asksToShow } from '../web/shown-typing.ts';
import type { Problem } from '../web/views.ts';
import type { Visit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { type Known, stepPage, type UnderWay } from './step.ts';
import { isOpen } from './value-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/security-questions': { questions: { name: string; text: string }[]; shows: boolean | undefined };
  }
}

/** As many as a policy can ask. */
const names = ['answer1', 'answer2', 'answer3', 'answer4', 'answer5'] as const;
const form = z.object({
  answer1: typedText,
  answer2: typedText,
  answer3: typedText,
  answer4: typedText,
  answer5: typedText,
  answers: typedText,
});
type Typed = z.infer<typeof form>;

/** Each question with the name of its field. */
type Fielded = AskedQuestion & { name: (typeof names)[number] };

/** Questions are there for who has passed a gate of possession, and can go on with them (S39). */
function knownAt({ reset, standing }: UnderWay): Known | undefined {
  if (standing.result !== 'known' || !isOpen({ reset, standing }, 'security-questions')) return undefined;
  return { reset, standing };
}

async function readFields({ deps, language }: Visit, { standing }: Known): Promise<Fielded[]> {
  const { person, asked } = standing;
  const questions = await readAskedQuestions(deps, person, { count: asked.questionsToReset, language });
  return questions.flatMap((question, index) => {
    const name = names[index];
    return name ? [{ ...question, name }] : [];
  });
}

/** The answers as they are compared, by question, or what can be seen to be no answer at all. */
function readAnswers({ t }: Visit, questions: readonly Fielded[], typed: Typed) {
  const answers = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { id, name, text } of questions) {
    const read = normaliseAnswer(typed[name]);
    if (read.result === 'answer') answers.set(id, read.normalised);
    else problems.push({ field: name, text: t.reset.questions.problem(text, t.problems[read.result]) });
  }
  return { answers, problems };
}

/** All the questions drawn for this person at once: all are right, or none is passed. */
export const questionsPage = stepPage({
  path: '/reset/security-questions',
  view: 'reset/security-questions',
  title: ({ t }) => t.reset.questions.title,
  secret: names,
  async show(visit, at) {
    const known = knownAt(at);
    if (!known) return goTo('/reset/methods');
    const questions = await readFields(visit, known);
    return shown({ questions, shows: asksToShow(visit, 'answers') });
  },
  form: () => form,
  async submit(visit, at, typed) {
    const known = knownAt(at);
    if (!known) return goTo('/reset/methods');
    const { answers, problems } = readAnswers(visit, await readFields(visit, known), typed);
    if (problems.length > 0) return { result: 'refused', problems };
    const { deps, address, t } = visit;
    const { person } = known.standing;
    const taken = await verifyAnswers(deps, known.reset, { person, answers, address });
    if (taken.result === 'resting')
      return problem(null, t.reset.questions.resting(waitWords(visit, taken.until)));
    if (taken.result === 'incorrect') return problem(null, t.reset.questions.incorrect);
    await renewSessionId(visit);
    return goTo('/reset/methods', t.reset.code.passed);
  },
});
