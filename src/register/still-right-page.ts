import { z } from 'zod';
import type { MethodKind } from '../methods/method.ts';
import { confirmMethod } from '../registrations/register-method.ts';
import { personPage } from '../web/form-page.ts';
import { doing, goTo, type Page } from '../web/page.ts';
import { rowId } from './rows.ts';

/** Posts only: the person says that a method is still right, and the date of the check is kept. */
export function stillRightPage(kind: MethodKind): Page {
  return personPage({
    path: `/register/${kind}/still-right`,
    view: 'register/remove',
    row: () => rowId(kind),
    title: ({ t }) => t.methods.names[kind],
    show: async () => goTo('/register'),
    form: () => z.object({}),
    async submit(visit) {
      const confirmed = await confirmMethod(visit.deps, { ...doing(visit), kind });
      return confirmed.result === 'confirmed'
        ? goTo('/register', visit.t.register.said.checked)
        : goTo('/register');
    },
  });
}
