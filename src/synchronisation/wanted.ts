import type { Account } from '../directory/directory.ts';
import { parseEmailAddress } from '../methods/email-address.ts';
import { parseOfficePhone } from '../methods/office-phone.ts';
import type { KeptOfficePhone } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';

const longestName = 200;
const longestPhone = 100;

/** An account of a directory elsewhere as Sparekey keeps it. */
export interface Wanted {
  directoryId: string;
  userName: string;
  displayName: string;
  workMailbox: string | null;
  officePhone: KeptOfficePhone | null;
  groups: string[];
  disabled: boolean;
  account: Account;
}

/** What cannot be read as a number is kept as it stands, to be shown. */
function officePhoneOf(text: string, policy: Policy): KeptOfficePhone | null {
  const shown = text.slice(0, longestPhone).trim();
  if (shown === '') return null;
  const phone = parseOfficePhone(text, policy.phoneCountries[0] ?? 'NL');
  return phone.result === 'number' ? { number: phone.number, extension: phone.extension } : { text: shown };
}

/** Reads what a directory says into what can be kept; what cannot be read is left out. */
export function wantedOf(account: Account, policy: Policy): Wanted {
  const mail = parseEmailAddress(account.mail ?? '');
  const { directoryId, userName, displayName, disabled } = account;
  return {
    directoryId,
    userName,
    displayName: displayName.slice(0, longestName).trim() || userName,
    workMailbox: mail.result === 'address' ? mail.address : null,
    officePhone: officePhoneOf(account.officePhone ?? '', policy),
    groups: [...new Set(account.groups)].toSorted(),
    disabled,
    account,
  };
}
