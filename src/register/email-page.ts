import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { askAuthority } from './authority.ts';
import { emailFormOf } from './may-prove.ts';
import { isOffered, rowId } from './rows.ts';
import { sendCode, stepOf } from './send-code.ts';

const kind = 'authentication-email';

declare module '../web/views.ts' {
  interface Views {
    'register/authentication-email': Record<never, never>;
  }
}

/** Where a person gives an address of their own and asks for a code. */
export const emailPage = personPage({
  path: `/register/${kind}`,
  view: `register/${kind}`,
  row: () => rowId(kind),
  title: ({ t }) => t.register.email.title,
  async show(visit) {
    if (!isOffered(visit, kind)) return goTo('/register');
    return askAuthority(visit) ?? shown({});
  },
  form: emailFormOf,
  async submit(visit, method) {
    if (!isOffered(visit, kind)) return goTo('/register');
    return askAuthority(visit) ?? sendCode(visit, stepOf(kind), method);
  },
});
