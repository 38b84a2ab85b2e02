import { z } from 'zod';
import { type Limit, takeFromLimits } from '../limits/limits.ts';
import { changePassword } from '../passwords/new-password.ts';
import { faultOfPassword, normalisePassword } from '../passwords/rules.ts';
import { personPage } from '../web/form-page.ts';
import { type GoTo, goTo, problem, type Refused, shown } from '../web/page.ts';
import { tryPassword } from '../web/password-check.ts';
import { asksToShow } from '../web/shown-typing.ts';
import { startOnlySession } from '../web/start-session.ts';
import type { PersonVisit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';

declare module '../web/views.ts' {
  interface Views {
    'change-password/change-password': { userName: string; shows: boolean | undefined; expired: boolean };
  }
}

/** Each change sends messages to every address. */
const changes: Limit = { name: 'password-changes-day', most: 10, within: 24 * 3_600_000 };

const text = z.string().catch('');
const tooLong = text.pipe(z.string().max(1000, 'password-too-long'));
const form = z.object({
  current: text.pipe(z.string().min(1, 'password-empty').max(1000, 'password-too-long')),
  password: tooLong,
  repeat: text,
  typing: text,
});
type Typed = z.infer<typeof form>;

/** What is wrong with the new password, before the old one is looked at: a slip there must not cost a try. */
function faultOf(visit: PersonVisit, { current, password, repeat, typing }: Typed): Refused | undefined {
  const { t, deps } = visit;
  const next = normalisePassword(password);
  const fault = faultOfPassword(deps, visit, next);
  if (fault) return problem('password', t.problems[fault]);
  if (typing !== 'shown' && next !== normalisePassword(repeat))
    return problem('repeat', t.signIn.newPassword.notEqual);
  return next === normalisePassword(current) ? problem('password', t.changePassword.same) : undefined;
}

/** Every session ends, and this browser is signed in anew. */
async function keepPassword(visit: PersonVisit, typed: Typed): Promise<GoTo | Refused> {
  const { deps, person, address, t } = visit;
  const taken = await takeFromLimits(deps.db, deps.now(), [{ limit: changes, subject: person.id }]);
  if (taken.result === 'full')
    return problem(null, t.changePassword.tooOften(waitWords(visit, taken.freeAt)));
  const [password, newPassword] = [normalisePassword(typed.current), normalisePassword(typed.password)];
  const written = await changePassword(deps, { person, password, newPassword, address });
  if (written.result === 'ended') return goTo('/sign-in');
  if (written.result === 'refused') return problem('password', t.problems[`password-${written.why}`]);
  await startOnlySession(visit, person);
  return goTo('/account', t.changePassword.done);
}

/** Where a person who knows the password chooses another; what is typed can be shown, and then is typed once. */
export const changePasswordPage = personPage({
  path: '/change-password',
  view: 'change-password/change-password',
  title: ({ t }) => t.changePassword.title,
  secret: ['current', 'password', 'repeat'],
  async show(visit) {
    const expired = visit.session.mustChoosePassword === 'expired';
    return shown({ userName: visit.person.userName, shows: asksToShow(visit, 'typing'), expired });
  },
  form: () => form,
  async submit(visit, typed) {
    const { t, person } = visit;
    const fault = faultOf(visit, typed);
    if (fault) return fault;
    const tried = await tryPassword(visit, { userName: person.userName, password: typed.current });
    switch (tried.result) {
      case 'locked':
        return problem('current', t.signIn.locked(waitWords(visit, tried.until)));
      case 'wrong':
        return problem('current', t.changePassword.wrong);
      case 'blocked':
      case 'disabled':
      case 'not-allowed':
        return goTo('/sign-in');
      case 'expired':
      case 'one-time':
      case 'right':
        return keepPassword(visit, typed);
    }
  },
});

/** Every page of changing a known password. */
export const changePasswordPages = [changePasswordPage];
