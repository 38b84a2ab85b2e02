import {
  isSupportedCountry,
  type NumberType,
  type PhoneNumber as ParsedNumber,
  ParseError,
  parsePhoneNumberWithError,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { plainDigits } from './digits.ts';

const longestInput = 60;

/** Why a text is no phone number, or none of a country’s plan. */
export type UnreadablePhone =
  | 'phone-empty'
  | 'phone-unreadable'
  | 'phone-too-short'
  | 'phone-too-long'
  | 'phone-not-existing';

/** A number that exists, of any country and type, with the extension typed behind it. */
export type ReadPhone = {
  result: 'number';
  number: string;
  country: string | null;
  type: NumberType;
  extension: string | null;
};

/** Tells whether phone numbers of this ISO country code can be read. */
export function isPhoneCountry(code: string): boolean {
  return isSupportedCountry(code);
}

/** Reads a number as people type it, of any country; never throws. */
export function readPhone(text: string, defaultCountry: string): ReadPhone | { result: UnreadablePhone } {
  if (text.length > longestInput) return { result: 'phone-too-long' };
  const plain = plainDigits(text).trim();
  if (plain === '') return { result: 'phone-empty' };
  const { number, extension } = splitExtension(plain);
  const parsed = parseNumber(number, defaultCountry);
  if (typeof parsed === 'string') return { result: parsed };
  if (!parsed.isValid()) return { result: lengthProblem(parsed) };
  return {
    result: 'number',
    number: parsed.number,
    country: parsed.country ?? null,
    type: parsed.getType(),
    extension: extension ?? parsed.ext ?? null,
  };
}

/** Writes an E.164 number the way people read it: international and grouped. */
export function formatPhone(number: string): string {
  const parsed = parseNumber(number, '');
  return typeof parsed === 'string' ? number : parsed.formatInternational();
}

/** The library knows English words for an extension only. */
function splitExtension(text: string): { number: string; extension: string | null } {
  const parts = /^(.*?)[\s,;/-]*(?:ext(?:ension|ensie)?|toestel|tst|poste|x|#)[\s.:=]*(.*)$/i.exec(text);
  if (parts === null) return { number: text, extension: null };
  return { number: parts[1] ?? '', extension: (parts[2] ?? '').trim() };
}

function parseNumber(text: string, defaultCountry: string): ParsedNumber | UnreadablePhone {
  const bare = text.replace(/^\(\s*(\+\d+)\s*\)/, '$1 ');
  try {
    return parsePhoneNumberWithError(bare, {
      extract: false,
      ...(isSupportedCountry(defaultCountry) ? { defaultCountry } : {}),
    });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (error.message === 'TOO_SHORT') return 'phone-too-short';
    return error.message === 'TOO_LONG' ? 'phone-too-long' : 'phone-unreadable';
  }
}

function lengthProblem(parsed: ParsedNumber): UnreadablePhone {
  const problem = validatePhoneNumberLength(parsed.number);
  if (problem === 'TOO_SHORT') return 'phone-too-short';
  return problem === 'TOO_LONG' ? 'phone-too-long' : 'phone-not-existing';
}
