import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { openPage } from '../web/form-page.ts';
import { dropKeptForms } from '../web/kept-forms.ts';
import { goTo, shown } from '../web/page.ts';
import { endSession } from '../web/session.ts';

declare module '../web/views.ts' {
  interface Views {
    'sign-in/signed-out': Record<never, never>;
  }
}

/** Signs out by POST only; GET says whether one is signed out. */
export const signOutPage = openPage({
  path: '/sign-out',
  view: 'sign-in/signed-out',
  title: ({ t }) => t.signIn.signedOut.title,
  async show(visit) {
    return visit.person ? goTo('/register') : shown({});
  },
  form: () => z.object({}),
  async submit(visit) {
    const { deps, person } = visit;
    if (person) {
      await recordEvent(deps.db, deps.now(), {
        event: 'person-signed-out',
        ...ownAct(person.id, visit.address),
      });
    }
    await endSession(visit, deps.config);
    dropKeptForms(visit);
    visit.person = undefined;
    return goTo('/sign-out');
  },
});
