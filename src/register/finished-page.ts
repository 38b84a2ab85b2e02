import { checkDueAt, isRegistered } from '../people/status.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { dateWords } from '../web/waiting.ts';
import { rowsOf } from './progress.ts';
import { readStanding } from './rows.ts';

declare module '../web/views.ts' {
  interface Views {
    'register/finished': { ready: string[]; checkAgain: string | null };
  }
}

/** Says that registration is done, and what happens next. */
export const finishedPage = personPage({
  path: '/register/finished',
  view: 'register/finished',
  title: ({ t }) => t.register.finished.title,
  async show(visit) {
    const standing = await readStanding(visit);
    if (!isRegistered(standing.asked, visit.person)) return goTo('/register');
    const ready = rowsOf(visit, standing).filter(({ state }) => state === 'ready');
    const due = checkDueAt(visit.policy.checkAgainAfterDays, visit.person);
    return shown({
      ready: ready.map(({ name, what }) => (what === null ? name : `${name}: ${what}`)),
      checkAgain: due === null ? null : dateWords(visit, due),
    });
  },
});
