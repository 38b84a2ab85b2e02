import { domainToUnicode } from 'node:url';
import type { Words } from '../words/words.ts';
import { domainOf, localPartOf } from './email-address.ts';
import type { AddressedMethod } from './method.ts';

/** What may be shown of a method: the last two digits, or the first letter and the domain. */
export type Mask =
  | { kind: 'number'; ending: string }
  | { kind: 'address'; firstLetter: string | null; domain: string };

/** Gives the pieces of a method that may be shown, without words; a local part of one letter shows none. */
export function maskOf(method: AddressedMethod): Mask {
  if (method.kind !== 'authentication-email') return { kind: 'number', ending: method.number.slice(-2) };
  const letters = [...new Intl.Segmenter().segment(localPartOf(method.address))];
  const firstLetter = letters.length > 1 ? (letters[0]?.segment ?? null) : null;
  return { kind: 'address', firstLetter, domain: domainToUnicode(domainOf(method.address)) };
}

/** Says a mask as a part of a sentence that a screen reader reads well: “number ending in 78”. */
export function describeMask(words: Words, method: AddressedMethod): string {
  const mask = maskOf(method);
  if (mask.kind === 'number') return words.methods.masks.number(mask.ending);
  if (mask.firstLetter === null) return words.methods.masks.shortAddress(mask.domain);
  return words.methods.masks.address(mask.firstLetter, mask.domain);
}
