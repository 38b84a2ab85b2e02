import { type ReadPhone, readPhone, type UnreadablePhone } from './phone-number.ts';

/** Why a text is refused as an office phone. */
export type OfficePhoneProblem =
  | UnreadablePhone
  | 'phone-premium'
  | 'phone-shared-cost'
  | 'phone-unknown-kind'
  | 'extension-unreadable';

/** An office phone as an administrator sets it: E.164, with an extension of 1–7 digits or none. */
export type OfficePhone = { result: 'number'; number: string; extension: string | null };

const callable: readonly ReadPhone['type'][] = [
  'FIXED_LINE',
  'MOBILE',
  'FIXED_LINE_OR_MOBILE',
  'VOIP',
  'UAN',
  'TOLL_FREE',
];

/** Reads an office phone as administrators type it (`020 794 0000 toestel 12`), of any country; never throws. */
export function parseOfficePhone(
  text: string,
  defaultCountry: string,
): OfficePhone | { result: OfficePhoneProblem } {
  const read = readPhone(text, defaultCountry);
  if (read.result !== 'number') return read;
  if (read.type === 'PREMIUM_RATE') return { result: 'phone-premium' };
  if (read.type === 'SHARED_COST') return { result: 'phone-shared-cost' };
  if (read.country === null || !callable.includes(read.type)) return { result: 'phone-unknown-kind' };
  if (read.extension !== null && !/^\d{1,7}$/.test(read.extension)) return { result: 'extension-unreadable' };
  return { result: 'number', number: read.number, extension: read.extension };
}
