import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { dateWords } from '../web/waiting.ts';
import { postponableUntil } from './progress.ts';

declare module '../web/views.ts' {
  interface Views {
    'register/later': { until: string };
  }
}

/** Puts registration off, within the days that the policy allows. */
export const laterPage = personPage({
  path: '/register/later',
  view: 'register/later',
  title: ({ t }) => t.register.later.title,
  async show(visit) {
    const until = visit.person.postponedUntil;
    return until !== null && until > visit.now
      ? shown({ until: dateWords(visit, until) })
      : goTo('/register');
  },
  form: () => z.object({}),
  async submit(visit) {
    const { deps, person, t } = visit;
    const until = postponableUntil(visit);
    if (until === null) return goTo('/register', t.register.later.notPossible);
    await deps.db
      .updateTable('people')
      .set({ postponed_until: until, first_asked_at: person.firstAskedAt ?? deps.now() })
      .where('id', '=', person.id)
      .execute();
    await recordEvent(deps.db, deps.now(), {
      event: 'registration-postponed',
      ...ownAct(person.id, visit.address),
      details: { until },
    });
    return goTo('/register/later');
  },
});
