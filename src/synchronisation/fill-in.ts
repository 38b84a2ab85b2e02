import type { Deps } from '../deps.ts';
import { checkEmailAddress } from '../methods/email-form.ts';
import { type AddressedMethod, destinationKey } from '../methods/method.ts';
import { canReceiveText, parsePhoneNumber } from '../methods/personal-phone.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { fillInMethod } from '../registrations/filled-in.ts';
import { readRegistrations } from '../registrations/registration.ts';
import type { Db } from '../store/schema.ts';
import type { Wanted } from './wanted.ts';

function phoneOf({ account, officePhone }: Wanted, policy: Policy): AddressedMethod[] {
  const countries = policy.phoneCountries;
  const read = parsePhoneNumber(account.mobile ?? '', { countries, defaultCountry: countries[0] ?? 'NL' });
  if (read.result !== 'number') return [];
  if (officePhone && 'number' in officePhone && officePhone.number === read.number) return [];
  const channel = canReceiveText(read.type) ? 'text' : 'call';
  return [{ kind: 'authentication-phone', number: read.number, channel }];
}

function mailOf({ account, workMailbox }: Wanted, policy: Policy): AddressedMethod[] {
  const rules = { ownDomains: policy.ownMailDomains, ownMailbox: workMailbox };
  const read = checkEmailAddress(account.otherMail ?? '', rules);
  return read.result === 'address' ? [{ kind: 'authentication-email', address: read.address }] : [];
}

/**
 * Fills in a mobile number or other address that stands in the directory, where the configuration says that people
 * consented. It proves nothing until its owner has; what is proven, or the same, is left alone.
 */
export async function fillInFromDirectory(
  tx: Db,
  deps: Deps,
  { person, wanted, policy }: { person: Person; wanted: Wanted; policy: Policy },
): Promise<void> {
  const { fillIn = [], consent = '' } = deps.config.directory ?? {};
  const methods = [
    ...(fillIn.includes('mobile') ? phoneOf(wanted, policy) : []),
    ...(fillIn.includes('otherMail') ? mailOf(wanted, policy) : []),
  ];
  if (methods.length === 0) return;
  const known = await readRegistrations({ db: tx, sealing: deps.secrets.sealing }, person.id);
  for (const method of methods) {
    const there = known[method.kind];
    if (there && (there.provenAt !== null || destinationKey(there.method) === destinationKey(method)))
      continue;
    await fillInMethod(
      { ...deps, db: tx },
      {
        person,
        actor: { kind: 'system' },
        method,
        consent: { givenBy: person.userName, givenAt: deps.now(), how: consent, recordedBy: 'directory' },
      },
    );
  }
}
