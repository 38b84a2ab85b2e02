import { z } from 'zod';
import { normalisePassword } from '../passwords/rules.ts';
import { openOwnAnswers, startAnswersAnew } from '../registrations/sealed-answers.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { checkOwnPassword } from './own-password.ts';

declare module '../web/views.ts' {
  interface Views {
    'account/answers-anew': Record<never, never>;
  }
}

const form = z.object({ password: z.string().max(1000, 'password-too-long').catch('') });

/** For who cannot give the password before: a new key, with which later answers can be shown again. */
export const answersAnewPage = personPage({
  path: '/account/answers/anew',
  view: 'account/answers-anew',
  title: ({ t }) => t.account.answers.anewTitle,
  secret: ['password'],
  show: async () => shown({}),
  form: () => form,
  async submit(visit, typed) {
    const refused = await checkOwnPassword(visit, typed.password);
    if (refused) return refused;
    const { deps, person, t } = visit;
    const password = normalisePassword(typed.password);
    // A key that opens is never thrown away.
    const { result } = await openOwnAnswers(deps, person.id, password);
    if (result === 'opened') return goTo('/account/answers');
    await startAnswersAnew(deps, person.id, password);
    return goTo('/account', t.account.said.anew);
  },
});
