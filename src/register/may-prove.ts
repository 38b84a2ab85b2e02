import { emailForm } from '../methods/email-form.ts';
import type { AddressedMethod } from '../methods/method.ts';
import { phoneForm } from '../methods/phone-form.ts';
import { askedOf } from '../people/asked.ts';
import { openCountries } from '../policy/policy.ts';
import type { PersonVisit } from '../web/visit.ts';
import { isOffered } from './rows.ts';

/** The channels by which the policy lets a person's own phone be reached. */
export function channelsOf({ policy, person }: PersonVisit) {
  return askedOf(policy, person).phoneChannels;
}

/** The form of a person's own phone, as the policy has it now. */
export function phoneFormOf(visit: PersonVisit) {
  const { policy, person } = visit;
  const [defaultCountry = 'NL'] = policy.phoneCountries;
  const channels = channelsOf(visit);
  // With both channels off the row is not offered; the form still says what is wrong with what was posted.
  return phoneForm({
    countries: openCountries(policy),
    defaultCountry,
    channels: channels.length > 0 ? channels : ['text'],
    differentFrom: person.officePhone?.number ?? null,
  });
}

/** The form of a person's own mailbox, as the policy has it now. */
export function emailFormOf({ policy, person }: PersonVisit) {
  return emailForm({ ownDomains: policy.ownMailDomains, ownMailbox: person.workMailbox });
}

/** The office phone as a method: always the administrator's number, never one from the form (S61). */
export function officePhoneOf({ person }: PersonVisit): AddressedMethod | undefined {
  return person.officePhone ? { kind: 'office-phone', channel: 'call', ...person.officePhone } : undefined;
}

function isOfficePhone(visit: PersonVisit, method: AddressedMethod): boolean {
  const now = officePhoneOf(visit);
  if (now?.kind !== 'office-phone' || method.kind !== 'office-phone') return false;
  return now.number === method.number && now.extension === method.extension;
}

/** Whether a method kept from an earlier request may still be proven: policy and administrator may have changed (S13). */
export function mayProve(visit: PersonVisit, method: AddressedMethod): boolean {
  if (!isOffered(visit, method.kind)) return false;
  switch (method.kind) {
    case 'office-phone':
      return isOfficePhone(visit, method);
    case 'authentication-phone':
      return phoneFormOf(visit).safeParse(method).success;
    case 'authentication-email':
      return emailFormOf(visit).safeParse(method).success;
  }
}
