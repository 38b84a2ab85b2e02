import { type AddressedMethod, destinationKey } from '../methods/method.ts';
import type { Registration, Unreadable } from '../registrations/registration.ts';
import type { FilledInKind } from './known.ts';
import type { ImportedRow } from './row.ts';

/** A method that a row fills in, with the consent that the same row tells of. */
export interface FillIn {
  method: AddressedMethod;
  consent: NonNullable<ImportedRow['consent']>;
}

/** What a row says of a method: filled in, null to take away what was filled in, undefined nothing. */
export function fillInOf(
  { phone, email, consent }: ImportedRow,
  kind: FilledInKind,
): FillIn | null | undefined {
  const value = kind === 'authentication-phone' ? phone : email;
  if (!value || !consent) return value === null ? null : undefined;
  return typeof value === 'string'
    ? { method: { kind: 'authentication-email', address: value }, consent }
    : { method: { kind: 'authentication-phone', ...value }, consent };
}

/** Tells whether two values that were made alike hold the same. */
export function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

/** What the person has proven is never touched, and what is there already is not written again. */
export function stepFor(
  wanted: FillIn | null | undefined,
  known: Registration | Unreadable | undefined,
): 'fill-in' | 'clear' | 'already-proven' | 'nothing' {
  if (wanted === undefined) return 'nothing';
  if (!known) return wanted === null ? 'nothing' : 'fill-in';
  const proven = known.provenAt !== null;
  if (wanted === null) return proven ? 'already-proven' : 'clear';
  // Of what no key opens nobody can say whether it is the same.
  if (!('method' in known)) return proven ? 'already-proven' : 'fill-in';
  if (proven)
    return destinationKey(wanted.method) === destinationKey(known.method) ? 'nothing' : 'already-proven';
  const same = isSame(keyed(wanted.method), keyed(known.method));
  const consented = known.consent && { ...known.consent, recordedBy: undefined };
  return same && isSame(consented, wanted.consent) ? 'nothing' : 'fill-in';
}

/** A method as a list whose order does not depend on who wrote it. */
function keyed(method: AddressedMethod): unknown[] {
  return Object.entries(method).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
