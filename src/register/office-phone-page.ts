import { z } from 'zod';
import type { AddressedMethod } from '../methods/method.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { askAuthority } from './authority.ts';
import { isOffered, officePhoneWords, rowId } from './rows.ts';
import { sendCode, stepOf } from './send-code.ts';

const kind = 'office-phone';

declare module '../web/views.ts' {
  interface Views {
    'register/office-phone': { number: string };
  }
}

/** The office phone as a method: always the administrator's number, never one from the form (S61). */
function officePhoneOf({ person }: PersonVisit): AddressedMethod | undefined {
  return person.officePhone ? { kind, channel: 'call', ...person.officePhone } : undefined;
}

/** Where a person has the office phone called; the number can be seen but not changed. */
export const officePhonePage = personPage({
  path: `/register/${kind}`,
  view: `register/${kind}`,
  row: () => rowId(kind),
  title: ({ t }) => t.register.office.title,
  async show(visit) {
    const number = officePhoneWords(visit);
    if (!isOffered(visit, kind) || number === null) return goTo('/register');
    return askAuthority(visit) ?? shown({ number });
  },
  form: () => z.object({}),
  async submit(visit) {
    const method = officePhoneOf(visit);
    if (!isOffered(visit, kind) || !method) return goTo('/register');
    return askAuthority(visit) ?? sendCode(visit, stepOf(kind), method);
  },
});
