import { z } from 'zod';
import {
  domainOf,
  type EmailProblem,
  emailKey,
  localPartOf,
  longestAddress,
  normaliseDomain,
  parseEmailAddress,
} from './email-address.ts';
import { addProblem } from './problem.ts';
import { typedText } from './typed-text.ts';

/** What an address must not be: in a domain of the organisation (or below one), or the person’s own work mailbox. */
export interface EmailRules {
  ownDomains: readonly string[];
  ownMailbox: string | null;
  /** Octets; 254 when absent. */
  maxLength?: number;
}

/** Makes the form `{address}` of an authentication e-mail. */
export function emailForm(rules: EmailRules) {
  return z.object({ address: typedText }).transform((typed, ctx) => {
    const read = checkEmailAddress(typed.address, rules);
    if (read.result === 'address') return { kind: 'authentication-email' as const, address: read.address };
    addProblem(ctx, read.result, 'address');
    return z.NEVER;
  });
}

/** Reads an address and refuses what can’t be read without the password that would be reset. */
export function checkEmailAddress(
  text: string,
  rules: EmailRules,
):
  | { result: 'address'; address: string }
  | { result: EmailProblem | 'email-own-domain' | 'email-own-mailbox' } {
  const read = parseEmailAddress(text);
  if (read.result !== 'address') return read;
  if (Buffer.byteLength(read.address) > (rules.maxLength ?? longestAddress))
    return { result: 'email-too-long' };
  if (isOwnMailbox(read.address, rules.ownMailbox)) return { result: 'email-own-mailbox' };
  return isOwnDomain(domainOf(read.address), rules.ownDomains) ? { result: 'email-own-domain' } : read;
}

function isOwnDomain(domain: string, ownDomains: readonly string[]): boolean {
  return ownDomains.some((own) => {
    const normal = normaliseDomain(own) ?? own.toLowerCase();
    return domain === normal || domain.endsWith(`.${normal}`);
  });
}

function isOwnMailbox(address: string, ownMailbox: string | null): boolean {
  return ownMailbox !== null && mailboxKey(address) === mailboxKey(ownMailbox);
}

/** A tag behind a plus (`jan+home@`) leads to the same mailbox on most servers. */
function mailboxKey(address: string): string {
  const domain = normaliseDomain(domainOf(address)) ?? domainOf(address);
  return emailKey(`${localPartOf(address).replace(/(.)\+.*$/su, '$1')}@${domain}`);
}
