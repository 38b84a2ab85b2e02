import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { type Limit, takeFromLimits } from '../limits/limits.ts';
import { normalisePassword } from '../passwords/rules.ts';
import { questionText, readQuestions } from '../questions/questions.ts';
import { type OwnAnswer, openOwnAnswers, rewrapOwnAnswers } from '../registrations/sealed-answers.ts';
import { personPage } from '../web/form-page.ts';
import { type GoTo, problem, type Refused, type Shown, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { checkOwnPassword } from './own-password.ts';

interface AnswersShown {
  /** Asks for the password; for the one before it too; or shows the answers, in this answer only. */
  state: 'asks' | 'asks-old' | 'shown';
  answers: { question: string; answer: string | null }[];
}

declare module '../web/views.ts' {
  interface Views {
    'account/answers': AnswersShown;
  }
}

const oldPasswords: Limit = { name: 'old-passwords-hour', most: 5, within: 3_600_000 };

const text = z.string().max(1000, 'password-too-long').catch('');
const form = z.object({ password: text, old: text, way: z.enum(['old', '']).catch('') });
type Typed = z.infer<typeof form>;
type Answer = Shown<AnswersShown> | Refused | GoTo;

async function show(visit: PersonVisit, own: OwnAnswer[]): Promise<Answer> {
  const { deps, person, address, language } = visit;
  const known = await readQuestions(deps.db);
  const answers = own.map(({ questionId, answer }) => {
    const question = known.find(({ id }) => id === questionId);
    return { question: question ? questionText(question, language) : '', answer };
  });
  await recordEvent(deps.db, deps.now(), { event: 'answers-shown', ...ownAct(person.id, address) });
  return shown({ state: 'shown', answers });
}

/** The present password was set elsewhere: with the one before it the key is wrapped anew, tried a few times an hour. */
async function rewrap(visit: PersonVisit, { old, password }: Typed): Promise<Answer | undefined> {
  const { deps, person, t } = visit;
  if (old === '') return problem('old', t.problems['password-empty']);
  const taken = await takeFromLimits(deps.db, deps.now(), [{ limit: oldPasswords, subject: person.id }]);
  if (taken.result === 'full') return problem('old', t.signIn.locked(waitWords(visit, taken.freeAt)));
  const passwords = { old: normalisePassword(old), present: normalisePassword(password) };
  const { result } = await rewrapOwnAnswers(deps, person.id, passwords);
  return result === 'rewrapped' ? undefined : problem('old', t.account.answers.wrongOld);
}

async function open(visit: PersonVisit, typed: Typed): Promise<Answer> {
  const { deps, person } = visit;
  const password = normalisePassword(typed.password);
  const opened = await openOwnAnswers(deps, person.id, password);
  if (opened.result === 'opened') return show(visit, opened.answers);
  if (typed.way === '') return shown({ state: 'asks-old', answers: [] });
  return (await rewrap(visit, typed)) ?? open(visit, { ...typed, way: '' });
}

/** Shows the person's own answers after the password is typed again: opened from the seal for this one answer. */
export const answersPage = personPage({
  path: '/account/answers',
  view: 'account/answers',
  title: ({ t }) => t.account.answers.title,
  secret: ['password', 'old'],
  show: async () => shown<AnswersShown>({ state: 'asks', answers: [] }),
  form: () => form,
  async submit(visit, typed) {
    return (await checkOwnPassword(visit, typed.password)) ?? open(visit, typed);
  },
});
