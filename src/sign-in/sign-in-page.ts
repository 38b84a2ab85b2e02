import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import { longestUserName } from '../people/user-name.ts';
import { ensureKeyPair } from '../registrations/key-pair.ts';
import { openPage } from '../web/form-page.ts';
import { rememberBrowser } from '../web/known-browser.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { type PasswordTried, tryPassword } from '../web/password-check.ts';
import { passwordPages } from '../web/restricted.ts';
import { ownPath } from '../web/return-path.ts';
import { startSession } from '../web/start-session.ts';
import { readUserName } from '../web/user-name.ts';
import type { Visit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { landingOf } from './landing.ts';

declare module '../web/views.ts' {
  interface Views {
    'sign-in/sign-in': { returnPath: string };
  }
}

const text = z.string().catch('');
const form = z.object({
  userName: text.pipe(z.string().trim().min(1, 'user-name-empty').max(longestUserName, 'user-name-too-long')),
  password: text.pipe(z.string().min(1, 'password-empty').max(1000, 'password-too-long')),
  return: text,
});

type RightPassword = Extract<PasswordTried, { person: unknown }>;

async function signIn(visit: Visit, { person, result }: RightPassword, password: string): Promise<void> {
  const { deps } = visit;
  if (result !== 'one-time') await ensureKeyPair(deps, person.id, password.normalize('NFC'));
  const now = deps.now();
  await inTransaction(deps.db, async (tx) => {
    await tx.updateTable('people').set({ last_sign_in_at: now }).where('id', '=', person.id).execute();
    await recordEvent(tx, now, { event: 'person-signed-in', ...ownAct(person.id, visit.address) });
  });
  await startSession(visit, person);
  if (result !== 'right') visit.session.mustChoosePassword = result;
  rememberBrowser(visit, person);
}

/** A directory elsewhere may not have looked at the password at all: the words are the same for all, and true. */
function wrongWords({ t, deps }: Visit): string {
  return deps.directory.elsewhere ? t.signIn.wrongOrResting : t.signIn.wrong;
}

/** The page on which a person signs in; whoever is signed in already is led on. */
export const signInPage = openPage({
  path: '/sign-in',
  view: 'sign-in/sign-in',
  title: ({ t }) => t.signIn.title,
  secret: ['password'],
  async show(visit) {
    const returnPath = ownPath(visit.query.return) ?? '';
    if (visit.person) return goTo(returnPath || '/register');
    return shown({ returnPath });
  },
  form: () => form,
  async submit(visit, typed) {
    const { t } = visit;
    const tried = await tryPassword(visit, {
      userName: await readUserName(visit, typed.userName),
      password: typed.password,
    });
    if (tried.result === 'locked')
      return problem(null, `${t.signIn.locked(waitWords(visit, tried.until))} ${t.signIn.lockedHint}`);
    if (tried.result === 'wrong') return problem('userName', wrongWords(visit));
    if (!('person' in tried)) return problem(null, t.signIn[tried.result]);
    await signIn(visit, tried, typed.password);
    if (tried.result !== 'right') return goTo(passwordPages[tried.result]);
    return goTo(await landingOf(visit, tried.person, ownPath(typed.return)));
  },
});
