import { type GoTo, goTo, problem, type Refused } from '../web/page.ts';
import { tryPassword } from '../web/password-check.ts';
import type { PersonVisit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';

/** Asks whether the password typed again is the person's; undefined when it is, else what to answer. */
export async function checkOwnPassword(
  visit: PersonVisit,
  password: string,
): Promise<GoTo | Refused | undefined> {
  const { t, person } = visit;
  if (password === '') return problem('password', t.problems['password-empty']);
  const tried = await tryPassword(visit, { userName: person.userName, password });
  switch (tried.result) {
    case 'locked':
      return problem('password', t.signIn.locked(waitWords(visit, tried.until)));
    case 'wrong':
      return problem('password', t.register.identity.wrong);
    case 'blocked':
    case 'disabled':
    case 'not-allowed':
    case 'one-time':
    case 'expired':
      return goTo('/sign-in');
    case 'right':
      return undefined;
  }
}
