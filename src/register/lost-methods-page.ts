import { z } from 'zod';
import { askToWait } from '../waiting-changes/ask.ts';
import { admitChange, cancelOwnChange } from '../waiting-changes/settle.ts';
import { readWaitingChange } from '../waiting-changes/waiting-change.ts';
import { personPage } from '../web/form-page.ts';
import { doing, type GoTo, goTo, problem, type Refused, shown } from '../web/page.ts';
import { renewSessionId } from '../web/session.ts';
import type { PersonVisit } from '../web/visit.ts';
import { momentWords, waitWords } from '../web/waiting.ts';
import { authorisedUntil, needsIdentity, passwordStandsUntil } from './authority.ts';

const path = '/register/lost-methods';

declare module '../web/views.ts' {
  interface Views {
    'register/lost-methods': {
      /** Nothing waits; it waits until `when`; or it is over, and can be used until `when`. */
      state: 'none' | 'waiting' | 'due';
      when: string;
    };
  }
}

const form = z.object({ act: z.enum(['ask', 'cancel', 'go-on', 'nothing']).catch('nothing') });

/** Where else this visit belongs: there is nothing to wait for, or the password must be typed first. */
function elsewhere(visit: PersonVisit): GoTo | undefined {
  if (passwordStandsUntil(visit) <= visit.now) return goTo('/register/confirm-identity');
  if (!needsIdentity(visit) || authorisedUntil(visit) > visit.now) return goTo('/register');
  return undefined;
}

async function ask(visit: PersonVisit): Promise<GoTo | Refused> {
  const words = visit.t.lostMethods;
  const asked = await askToWait(visit.deps, doing(visit));
  switch (asked.result) {
    case 'asked':
      return goTo(path, words.said.asked);
    case 'waits-already':
      return goTo(path);
    case 'too-often':
      return problem(null, words.tooOften(waitWords(visit, asked.until)));
    case 'nobody-to-tell':
      return problem(null, words.nobodyToTell);
    case 'ended':
      return goTo('/register');
  }
}

/** What the waiting was for: the methods may be changed without a code, once and for half an hour. */
async function goOn(visit: PersonVisit): Promise<GoTo> {
  const { result } = await admitChange(visit.deps, doing(visit));
  if (result === 'not-yet') return goTo(path);
  if (result === 'ended') return goTo(path, visit.t.lostMethods.said.ended);
  const next = visit.session.authorityFor ?? '/register';
  await renewSessionId(visit);
  visit.session.identityAt = visit.deps.now();
  return goTo(next, visit.t.lostMethods.said.admitted);
}

/** For who can prove no method any more: an access code, or the slow way without an administrator. */
export const lostMethodsPage = personPage({
  path,
  view: 'register/lost-methods',
  title: ({ t }) => t.lostMethods.title,
  async show(visit) {
    const away = elsewhere(visit);
    if (away) return away;
    const waiting = await readWaitingChange(visit.deps.db, visit.person, visit.now);
    if (!waiting) return shown({ state: 'none', when: '' });
    return waiting.dueAt > visit.now
      ? shown({ state: 'waiting', when: momentWords(visit, waiting.dueAt) })
      : shown({ state: 'due', when: momentWords(visit, waiting.lapsesAt) });
  },
  form: () => form,
  async submit(visit, { act }) {
    const away = elsewhere(visit);
    if (away) return away;
    switch (act) {
      case 'ask':
        return ask(visit);
      case 'go-on':
        return goOn(visit);
      case 'cancel':
        await cancelOwnChange(visit.deps, doing(visit));
        return goTo(path, visit.t.lostMethods.said.cancelled);
      case 'nothing':
        return goTo(path);
    }
  },
});
