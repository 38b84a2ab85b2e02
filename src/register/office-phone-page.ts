import { z } from 'zod';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { askAuthority } from './authority.ts';
import { officePhoneOf } from './may-prove.ts';
import { isOffered, officePhoneWords, rowId } from './rows.ts';
import { sendCode, stepOf } from './send-code.ts';

const kind = 'office-phone';

declare module '../web/views.ts' {
  interface Views {
    'register/office-phone': { number: string };
  }
}

/** Where a person has the office phone called; the number can be seen but not changed. */
export const officePhonePage = personPage({
  path: `/register/${kind}`,
  view: `register/${kind}`,
  row: () => rowId(kind),
  title: ({ t }) => t.register.office.title,
  async show(visit) {
    const number = officePhoneWords(visit);
    if (!isOffered(visit, kind) || !officePhoneOf(visit) || number === null) return goTo('/register');
    return askAuthority(visit) ?? shown({ number });
  },
  form: () => z.object({}),
  async submit(visit) {
    const method = officePhoneOf(visit);
    if (!isOffered(visit, kind) || !method) return goTo('/register');
    return askAuthority(visit) ?? sendCode(visit, stepOf(kind), method);
  },
});
