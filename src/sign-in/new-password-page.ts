import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { ensureKeyPair } from '../registrations/key-pair.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, problem, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { landingOf } from './landing.ts';
import { startSession } from './start-session.ts';

declare module '../web/views.ts' {
  interface Views {
    'sign-in/new-password': { userName: string };
  }
}

const text = z.string().catch('');
const form = z.object({ password: text.pipe(z.string().max(1000, 'password-too-long')), repeat: text });

function faultOf(visit: PersonVisit, password: string) {
  const { deps, person, policy } = visit;
  const names = [
    person.userName,
    person.displayName,
    ...person.displayName.split(/\s+/),
    policy.organisationName,
  ];
  return deps.faultOfNewPassword(password, { names });
}

/** Ends every session that the one-time password opened; of two that would choose a lasting one, one wins (S66). */
async function endOtherSessions({ deps, person }: PersonVisit): Promise<boolean> {
  const row = await deps.db
    .updateTable('people')
    .set({ session_epoch: person.sessionEpoch + 1 })
    .where('id', '=', person.id)
    .where('session_epoch', '=', person.sessionEpoch)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

async function keepPassword(visit: PersonVisit, password: string): Promise<void> {
  const { deps, person } = visit;
  await deps.directory.setPassword(person.userName, password);
  await ensureKeyPair(deps, person.id, password);
  await recordEvent(deps.db, deps.now(), {
    event: 'first-password-changed',
    ...ownAct(person.id, visit.address),
  });
  await startSession(visit, { ...person, sessionEpoch: person.sessionEpoch + 1 });
}

/** The page on which a one-time first password is replaced by an own one, before anything else. */
export const newPasswordPage = personPage({
  path: '/sign-in/new-password',
  view: 'sign-in/new-password',
  title: ({ t }) => t.signIn.newPassword.title,
  secret: ['password', 'repeat'],
  async show({ session, person }) {
    return session.mustChoosePassword ? shown({ userName: person.userName }) : goTo('/register');
  },
  form: () => form,
  async submit(visit, typed) {
    const { t, deps, person, session } = visit;
    if (!session.mustChoosePassword) return goTo('/register');
    const password = typed.password.normalize('NFC');
    const fault = faultOf(visit, password);
    if (fault) return problem('password', t.problems[fault]);
    if (password !== typed.repeat.normalize('NFC')) return problem('repeat', t.signIn.newPassword.notEqual);
    if ((await deps.directory.checkPassword(person.userName, password)) !== 'wrong')
      return problem('password', t.signIn.newPassword.same);
    if (!(await endOtherSessions(visit))) return goTo('/register');
    await keepPassword(visit, password);
    return goTo(await landingOf(visit, person, null), t.signIn.newPassword.done);
  },
});
