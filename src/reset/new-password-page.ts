import { z } from 'zod';
import { faultOfPassword, normalisePassword } from '../passwords/rules.ts';
import { completeReset } from '../resets/complete.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { asksToShow } from '../web/shown-typing.ts';
import { lastPage } from './step.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/new-password': { userName: string; shows: boolean | undefined; notLocked: boolean };
  }
}

const text = z.string().catch('');
const form = z.object({
  password: text.pipe(z.string().min(1, 'password-empty').max(1000, 'password-too-long')),
  repeat: text,
  passwords: text,
});

/** Where the new password is chosen; typed twice, unless it is shown while it is typed. */
export const newPasswordPage = lastPage({
  path: '/reset/new-password',
  view: 'reset/new-password',
  title: ({ t }) => t.reset.password.title,
  secret: ['password', 'repeat'],
  async show(visit, { reset, standing }) {
    const { userName } = standing.person;
    const notLocked = reset.wish === 'locked' && (await visit.deps.directory.lockedUntil(userName)) === null;
    return shown({ userName, shows: asksToShow(visit, 'passwords'), notLocked });
  },
  form: () => form,
  async submit(visit, { reset, standing }, typed) {
    const { t, deps, policy, address } = visit;
    const { person } = standing;
    const password = normalisePassword(typed.password);
    const fault = faultOfPassword(deps, { person, policy }, password);
    if (fault) return problem('password', t.problems[fault]);
    const isTwice = typed.passwords === 'shown' || password === normalisePassword(typed.repeat);
    if (!isTwice) return problem('repeat', t.reset.password.notEqual);
    const written = await completeReset(deps, reset, { person, password, address });
    switch (written.result) {
      case 'written':
      case 'ended':
        return goTo('/reset/done');
      case 'refused':
        return problem('password', t.problems[`password-${written.why}`]);
    }
  },
});
