import { phoneForm } from '../methods/phone-form.ts';
import { askedOf } from '../people/asked.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { askAuthority } from './authority.ts';
import { isOffered, rowId } from './rows.ts';
import { sendCode, stepOf } from './send-code.ts';

const kind = 'authentication-phone';

declare module '../web/views.ts' {
  interface Views {
    'register/authentication-phone': { channels: readonly ('text' | 'call')[] };
  }
}

function channelsOf({ policy, person }: PersonVisit) {
  return askedOf(policy, person).phoneChannels;
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
  form(visit) {
    const { policy, person } = visit;
    const [defaultCountry = 'NL'] = policy.phoneCountries;
    const channels = channelsOf(visit);
    // With both channels off the row is not offered; the form still says what is wrong with what was posted.
    return phoneForm({
      countries: policy.phoneCountries,
      defaultCountry,
      channels: channels.length > 0 ? channels : ['text'],
      differentFrom: person.officePhone?.number ?? null,
    });
  },
  async submit(visit, method) {
    if (!isOffered(visit, kind)) return goTo('/register');
    return askAuthority(visit) ?? sendCode(visit, stepOf(kind), method);
  },
});
