import type { Account } from '../directory/directory.ts';
import { parseEmailAddress } from '../methods/email-address.ts';
import { parseOfficePhone } from '../methods/office-phone.ts';
import type { OfficePhone } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';

const longestName = 200;

/** An account of a directory elsewhere as Sparekey keeps it. */
export interface Wanted {
  directoryId: string;
  userName: string;
  displayName: string;
  workMailbox: string | null;
  officePhone: OfficePhone | null;
  groups: string[];
  disabled: boolean;
  account: Account;
}

/** Reads what a directory says into what can be kept; what cannot be read is left out. */
export function wantedOf(account: Account, policy: Policy): Wanted {
  const mail = parseEmailAddress(account.mail ?? '');
  const phone = parseOfficePhone(account.officePhone ?? '', policy.phoneCountries[0] ?? 'NL');
  const { directoryId, userName, displayName, disabled } = account;
  return {
    directoryId,
    userName,
    displayName: displayName.slice(0, longestName).trim() || userName,
    workMailbox: mail.result === 'address' ? mail.address : null,
    officePhone: phone.result === 'number' ? { number: phone.number, extension: phone.extension } : null,
    groups: [...new Set(account.groups)].toSorted(),
    disabled,
    account,
  };
}
