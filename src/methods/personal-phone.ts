import { type ReadPhone, readPhone, type UnreadablePhone } from './phone-number.ts';

/** Which countries’ numbers are welcome, and whose plan a number without country code follows (ISO codes). */
export interface PhoneRules {
  countries: readonly string[];
  defaultCountry: string;
}

/** What a number can receive: a mobile texts and calls, a landline calls; some plans tell no difference. */
export type PhoneType = 'mobile' | 'landline' | 'mobile-or-landline';

/** Why a number is refused as a person’s own. */
export type PhoneProblem =
  | UnreadablePhone
  | 'phone-country-not-allowed'
  | 'phone-premium'
  | 'phone-shared-cost'
  | 'phone-unknown-kind'
  | 'phone-has-extension';

/** A number that codes may go to, in E.164. */
export type PersonalPhone = { result: 'number'; number: string; country: string; type: PhoneType };

/**
 * Reads a person’s own number as people type it; never throws (S46).
 * Internet numbers (VoIP) count as landlines: in France and the Netherlands that is what a home phone is, and they cost as much.
 * Personal (follow-me), company-wide, toll-free, pager and voicemail numbers are refused: they can cost a multiple or are nobody’s own.
 */
export function parsePhoneNumber(text: string, rules: PhoneRules): PersonalPhone | { result: PhoneProblem } {
  const read = readPhone(text, rules.defaultCountry);
  if (read.result !== 'number') return read;
  if (read.extension !== null) return { result: 'phone-has-extension' };
  // A number of no country (+800, +883, +979) is never in the list either.
  const { number, country } = read;
  if (country === null || !rules.countries.includes(country)) return { result: 'phone-country-not-allowed' };
  const type = usableType(read);
  return type.result === 'type' ? { result: 'number', number, country, type: type.type } : type;
}

/** Tells whether a text message can reach a number of this type. */
export function canReceiveText(type: PhoneType): boolean {
  return type !== 'landline';
}

function usableType(read: ReadPhone): { result: 'type'; type: PhoneType } | { result: PhoneProblem } {
  switch (read.type) {
    case 'MOBILE':
      return { result: 'type', type: 'mobile' };
    case 'FIXED_LINE':
    case 'VOIP':
      return { result: 'type', type: 'landline' };
    case 'FIXED_LINE_OR_MOBILE':
      return { result: 'type', type: 'mobile-or-landline' };
    case 'PREMIUM_RATE':
      return { result: 'phone-premium' };
    case 'SHARED_COST':
      return { result: 'phone-shared-cost' };
    default:
      return { result: 'phone-unknown-kind' };
  }
}
