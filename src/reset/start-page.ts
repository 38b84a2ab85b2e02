import { z } from 'zod';
import { longestUserName } from '../people/user-name.ts';
import { startReset, wishes } from '../resets/reset.ts';
import { askedOfAnybody } from '../resets/standing.ts';
import { startVisit } from '../web/csrf.ts';
import { openPage } from '../web/form-page.ts';
import { lockSubject } from '../web/known-browser.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { networkOf } from '../web/password-check.ts';
import { renewSession, renewSessionId } from '../web/session.ts';
import { readUserName } from '../web/user-name.ts';
import type { Visit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/reset': { open: boolean };
  }
}

const text = z.string().catch('');
const form = z.object({
  userName: text.pipe(z.string().trim().min(1, 'user-name-empty').max(longestUserName, 'user-name-too-long')),
  wish: z.enum(wishes, { error: 'wish-missing' }),
});

function isOpenTo({ policy }: Visit): boolean {
  return askedOfAnybody(policy).enabled;
}

/** A new session id, and a new visit cookie for who is not signed in: nothing planted before survives (S51). */
async function keepReset(visit: Visit, resetId: string): Promise<void> {
  if (visit.person) await renewSessionId(visit);
  else {
    await renewSession(visit.req);
    visit.session = visit.req.session;
    visit.session.visit = startVisit(visit.deps, visit.res);
  }
  visit.session.resetId = resetId;
}

/** Where a reset begins: the user name, and what is the matter. Whatever name is typed, the same follows (S37). */
export const startPage = openPage({
  path: '/reset',
  view: 'reset/reset',
  title: ({ t }) => t.reset.title,
  show: async (visit) => shown({ open: isOpenTo(visit) }),
  form: () => form,
  async submit(visit, typed) {
    if (!isOpenTo(visit)) return goTo('/reset');
    const { deps, address, t } = visit;
    const userName = await readUserName(visit, typed.userName);
    const started = await startReset(deps, {
      userName,
      wish: typed.wish,
      counted: lockSubject(visit, userName),
      network: deps.secrets.sealing.fingerprint('network', networkOf(address)),
      address,
    });
    if (started.result === 'wait') return problem(null, t.reset.startWait(waitWords(visit, started.until)));
    await keepReset(visit, started.id);
    return goTo('/reset/methods');
  },
});
