import { domainToASCII, domainToUnicode } from 'node:url';
import { foldCase } from './fold-case.ts';

/** The most octets an address may have (RFC 5321, 4.5.3.1.3 less the angle brackets). */
export const longestAddress = 254;
const longestLocalPart = 64;

/** Why a text is no usable address. */
export type EmailProblem = 'email-empty' | 'email-unreadable' | 'email-too-long';

// A dot-atom (RFC 5322, with RFC 6531’s characters) less what some mail servers obey: % ! | and the back-tick.
const dotAtom = /^[\p{L}\p{M}\p{N}\p{So}#$&'*+/=?^_{}~-]+(?:\.[\p{L}\p{M}\p{N}\p{So}#$&'*+/=?^_{}~-]+)*$/u;
const typedDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const asciiLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads an address as people type it, Unicode allowed (RFC 6531); never throws (S47).
 * The domain comes out in lower-case A-labels, the local part in NFC with its case as typed.
 */
export function parseEmailAddress(
  text: string,
): { result: 'address'; address: string } | { result: EmailProblem } {
  if (text.length > 1000) return { result: 'email-too-long' };
  // Copying brings invisible characters along at the ends; between letters they could deceive and are refused.
  const bare = text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
  if (bare === '') return { result: 'email-empty' };
  const local = localPartOf(bare).normalize('NFC');
  const domain = normaliseDomain(domainOf(bare));
  if (domain === null || !isLocalPart(local)) return { result: 'email-unreadable' };
  const address = `${local}@${domain}`;
  const tooLong = octets(local) > longestLocalPart || octets(address) > longestAddress;
  return tooLong ? { result: 'email-too-long' } : { result: 'address', address };
}

/** Gives the one form in which two addresses are compared: equal keys are one mailbox, whatever the case. */
export function emailKey(address: string): string {
  return `${foldCase(localPartOf(address))}@${domainOf(address).toLowerCase()}`;
}

/** Gives what stands before the last @. */
export function localPartOf(address: string): string {
  return address.slice(0, Math.max(address.lastIndexOf('@'), 0));
}

/** Gives what stands behind the last @; nothing when there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1);
}

/** Writes a domain in lower-case A-labels; null when it is none, or an IP address. */
export function normaliseDomain(text: string): string | null {
  // IDNA takes these for a dot; `domainToASCII` would too, but it reads more than domains.
  const dotted = text.replace(/[\u3002\uff0e\uff61]/gu, '.');
  if (dotted.length > 253 || !typedDomain.test(dotted)) return null;
  const ascii = domainToASCII(dotted);
  const labels = ascii.split('.');
  const lawful = labels.length > 1 && labels.every((label) => asciiLabel.test(label));
  if (!lawful || ascii.length > 253 || /^\d+$/.test(labels.at(-1) ?? '')) return null;
  return domainToASCII(domainToUnicode(ascii)) === ascii && !hasBrokenLabel(labels) ? ascii : null;
}

function hasBrokenLabel(labels: readonly string[]): boolean {
  return labels.some((label) => label.startsWith('xn--') && domainToUnicode(label) === label);
}

/** Full-width look-alikes of refused characters are refused too: a server behind ours might fold them. */
function isLocalPart(local: string): boolean {
  return dotAtom.test(local) && dotAtom.test(local.normalize('NFKC'));
}

function octets(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
