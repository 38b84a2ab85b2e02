import { z } from 'zod';
import { readRegistrations } from '../registrations/registration.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, type Page } from '../web/page.ts';
import { askAuthority } from './authority.ts';
import { mayProve } from './may-prove.ts';
import { isOffered, rowId } from './rows.ts';
import { sendCode, stepOf } from './send-code.ts';

/** Posts only: sends a code to what the administrator filled in, which then is proven like any other. */
export function filledInPage(kind: 'authentication-phone' | 'authentication-email'): Page {
  const path = `/register/${kind}/filled-in`;
  return personPage({
    path,
    view: `register/${kind}`,
    row: () => rowId(kind),
    title: ({ t }) => t.methods.names[kind],
    show: async () => goTo('/register'),
    form: () => z.object({}),
    async submit(visit) {
      const store = { db: visit.deps.db, sealing: visit.deps.secrets.sealing };
      const registration = (await readRegistrations(store, visit.person.id))[kind];
      if (!registration || registration.provenAt !== null || !isOffered(visit, kind))
        return goTo('/register');
      if (!mayProve(visit, registration.method))
        return goTo(`/register/${kind}`, visit.t.register.said.nothingToSend);
      const sent =
        askAuthority(visit, '/register') ?? (await sendCode(visit, stepOf(kind), registration.method));
      // This path shows nothing itself: what went wrong is said on the method's own page.
      return sent.result === 'refused' ? goTo(`/register/${kind}`, sent.problems[0]?.text) : sent;
    },
  });
}
