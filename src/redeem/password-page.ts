import { z } from 'zod';
import { isRedeemable, redeemAccessCode, releaseAccessCode } from '../access-codes/redeem.ts';
import { resetPassword } from '../passwords/new-password.ts';
import { faultOfPassword, normalisePassword } from '../passwords/rules.ts';
import { personPage } from '../web/form-page.ts';
import { type GoTo, goTo, problem, type Refused, shown } from '../web/page.ts';
import { startOnlySession } from '../web/start-session.ts';
import type { PersonVisit } from '../web/visit.ts';

declare module '../web/views.ts' {
  interface Views {
    'redeem/password': { userName: string };
  }
}

const text = z.string().catch('');
const form = z.object({ password: text.pipe(z.string().max(1000, 'password-too-long')), repeat: text });

/** The old methods go with the old password, and everybody known is told; then only registering anew is left to do. */
async function keepPassword(
  visit: PersonVisit,
  { password, id }: { password: string; id: string },
): Promise<GoTo | Refused> {
  const { deps, person, address, t } = visit;
  const written = await resetPassword(deps, {
    person,
    password,
    reason: 'access-code',
    address,
    claim: (tx) => redeemAccessCode(tx, deps, { person, id, address }),
    release: (tx) => releaseAccessCode(tx, id),
  });
  if (written.result === 'ended') return goTo('/redeem');
  if (written.result === 'refused') return problem('password', t.problems[`password-${written.why}`]);
  await startOnlySession(visit, person);
  visit.session.registersOnly = true;
  return goTo('/register', t.redeem.password.done);
}

/** The page on which who came in with an access code chooses a password: nothing else can be done before. */
export const redeemPasswordPage = personPage({
  path: '/redeem/password',
  view: 'redeem/password',
  title: ({ t }) => t.redeem.password.title,
  secret: ['password', 'repeat'],
  async show({ deps, session, person, now }) {
    const { accessCode } = session;
    if (accessCode === undefined) return goTo('/register');
    const open = await isRedeemable(deps.db, now, { personId: person.id, id: accessCode });
    return open ? shown({ userName: person.userName }) : goTo('/redeem');
  },
  form: () => form,
  async submit(visit, typed) {
    const { t, deps, session } = visit;
    if (session.accessCode === undefined) return goTo('/register');
    const password = normalisePassword(typed.password);
    const fault = faultOfPassword(deps, visit, password);
    if (fault) return problem('password', t.problems[fault]);
    if (password !== normalisePassword(typed.repeat)) return problem('repeat', t.signIn.newPassword.notEqual);
    return keepPassword(visit, { password, id: session.accessCode });
  },
});
