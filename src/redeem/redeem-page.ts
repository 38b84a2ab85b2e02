import { z } from 'zod';
import { parseAccessCode } from '../access-codes/code.ts';
import { tryAccessCode } from '../access-codes/redeem.ts';
import type { Counted, Limit } from '../limits/limits.ts';
import { longestUserName } from '../people/user-name.ts';
import { openPage } from '../web/form-page.ts';
import { lockSubject } from '../web/known-browser.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { networkOf } from '../web/password-check.ts';
import { startRestrictedSession } from '../web/start-session.ts';
import { readUserName } from '../web/user-name.ts';
import type { Visit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';

declare module '../web/views.ts' {
  interface Views {
    'redeem/redeem': Record<never, never>;
  }
}

const hour = 3_600_000;
const perName: Limit = { name: 'access-codes-name', most: 10, within: hour };
const perNetwork: Limit = { name: 'access-codes-network', most: 30, within: hour };

const text = z.string().catch('');
const form = z.object({
  userName: text.pipe(z.string().trim().min(1, 'user-name-empty').max(longestUserName, 'user-name-too-long')),
  code: text.transform((typed, ctx) => {
    const code = parseAccessCode(typed);
    if (code !== undefined) return code;
    ctx.addIssue({ code: 'custom', message: typed.trim() === '' ? 'code-empty' : 'access-code-unreadable' });
    return z.NEVER;
  }),
});

/** What one more try counts against; a browser the person has signed in with before has a count of its own. */
function countedFor(visit: Visit, userName: string): Counted[] {
  const { sealing } = visit.deps.secrets;
  return [
    { limit: perName, subject: lockSubject(visit, userName).subject },
    { limit: perNetwork, subject: sealing.fingerprint('network', networkOf(visit.address)) },
  ];
}

/** Where a one-time access code is typed; it opens a session in which only a password can be chosen. */
export const redeemPage = openPage({
  path: '/redeem',
  view: 'redeem/redeem',
  title: ({ t }) => t.redeem.title,
  secret: ['code'],
  show: async () => shown({}),
  form: () => form,
  async submit(visit, { userName: typed, code }) {
    const { deps, address, t } = visit;
    const userName = await readUserName(visit, typed);
    const counted = countedFor(visit, userName);
    const tried = await tryAccessCode(deps, { userName, code, counted, address });
    switch (tried.result) {
      case 'resting':
        return problem(null, t.redeem.resting(waitWords(visit, tried.until)));
      case 'wrong':
        return problem('userName', t.redeem.wrong);
      case 'right':
        await startRestrictedSession(visit, tried.person, { accessCode: tried.accessCodeId });
        return goTo('/redeem/password');
    }
  },
});
