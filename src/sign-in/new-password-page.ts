import { z } from 'zod';
import { chooseFirstPassword } from '../passwords/new-password.ts';
import { faultOfPassword, normalisePassword } from '../passwords/rules.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { startOnlySession } from '../web/start-session.ts';
import { landingOf } from './landing.ts';

declare module '../web/views.ts' {
  interface Views {
    'sign-in/new-password': { userName: string };
  }
}

const text = z.string().catch('');
const form = z.object({ password: text.pipe(z.string().max(1000, 'password-too-long')), repeat: text });

/** The page on which a one-time first password is replaced by an own one, before anything else. */
export const newPasswordPage = personPage({
  path: '/sign-in/new-password',
  view: 'sign-in/new-password',
  title: ({ t }) => t.signIn.newPassword.title,
  secret: ['password', 'repeat'],
  async show({ session, person }) {
    const { mustChoosePassword: must } = session;
    return must && must !== 'expired' ? shown({ userName: person.userName }) : goTo('/register');
  },
  form: () => form,
  async submit(visit, typed) {
    const { t, deps, person, session } = visit;
    const { mustChoosePassword: must } = session;
    if (!must || must === 'expired') return goTo('/register');
    const password = normalisePassword(typed.password);
    const fault = faultOfPassword(deps, visit, password);
    if (fault) return problem('password', t.problems[fault]);
    if (password !== normalisePassword(typed.repeat)) return problem('repeat', t.signIn.newPassword.notEqual);
    if (await deps.directory.isPresentPassword(person.userName, password))
      return problem('password', t.signIn.newPassword.same);
    const written = await chooseFirstPassword(deps, { person, password, address: visit.address });
    if (written.result === 'ended') return goTo('/register');
    if (written.result === 'refused') return problem('password', t.problems[`password-${written.why}`]);
    await startOnlySession(visit, person);
    return goTo(await landingOf(visit, person, null), t.signIn.newPassword.done);
  },
});
