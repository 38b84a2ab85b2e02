import { z } from 'zod';
import type { Time } from '../store/schema.ts';
import type { Scan } from './overdue-scans.ts';
import { day } from './status.ts';

/** Where somebody stands among overdue people: by since, then by the moment it follows from, then by user name. */
const placeSchema = z.tuple([z.number(), z.number(), z.string()]);
export type Place = z.infer<typeof placeSchema>;

/** Writes a place so that a page can begin after it. */
export function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads a written place; undefined when it is none. */
export function readPlace(text: string): Place | undefined {
  try {
    return placeSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

function compareTexts(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** Compares two places; names bytewise, as both engines do. */
export function comparePlaces(one: Place, other: Place): number {
  return one[0] - other[0] || one[1] - other[1] || compareTexts(one[2], other[2]);
}

/** Compares two places by user name alone. */
export function compareNames(one: Place, other: Place): number {
  return compareTexts(one[2], other[2]);
}

/** Where a scan goes on: its rows beyond this value and user name, all of them, or none. */
export type Start = { value: Time; userName: string } | 'all' | 'none';

/**
 * Where a scan in the order of its column goes on after a place. Whoever appeared before the policy became stricter
 * is overdue since the same moment, so within that moment the column itself orders.
 */
export function startAfter(
  { notBefore, days }: Scan,
  [since, value, userName]: Place,
  order: 'asc' | 'desc',
): Start {
  const exact = since - days * day;
  if (notBefore > exact) return order === 'asc' ? 'all' : 'none';
  if (value > exact) return { value: exact + 1, userName: '' };
  return value === exact || notBefore === exact ? { value, userName } : { value: exact, userName: '' };
}
