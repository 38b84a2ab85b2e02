import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { askAuthority } from './authority.ts';
import { channelsOf, phoneFormOf } from './may-prove.ts';
import { isOffered, rowId } from './rows.ts';
import { sendCode, stepOf } from './send-code.ts';

const kind = 'authentication-phone';

declare module '../web/views.ts' {
  interface Views {
    'register/authentication-phone': { channels: readonly ('text' | 'call')[] };
  }
}

/** Where a person gives a phone of their own and asks for a code. */
export const phonePage = personPage({
  path: `/register/${kind}`,
  view: `register/${kind}`,
  row: () => rowId(kind),
  title: ({ t }) => t.register.phone.title,
  async show(visit) {
    if (!isOffered(visit, kind)) return goTo('/register');
    return askAuthority(visit) ?? shown({ channels: channelsOf(visit) });
  },
  form: phoneFormOf,
  async submit(visit, method) {
    if (!isOffered(visit, kind)) return goTo('/register');
    return askAuthority(visit) ?? sendCode(visit, stepOf(kind), method);
  },
});
