import { checkEmailAddress } from '../methods/email-form.ts';
import { phoneForm } from '../methods/phone-form.ts';
import type { ProblemCode } from '../methods/problem.ts';
import { askedOf } from '../people/asked.ts';
import type { Policy } from '../policy/policy.ts';
import type { Time } from '../store/schema.ts';
import type { Column } from './columns.ts';
import type { ImportField } from './fields.ts';

/** What the cells of a file are read by: its columns, what the administrator chose, and the policy. */
export interface RowRules {
  columns: readonly Column[];
  /** The place of each field that the file has. */
  places: ReadonlyMap<ImportField, number>;
  policy: Policy;
  /** Whose numbers are written without a country code. */
  country: string;
  /** The cell that empties a field; null: nothing does. */
  clearMarker: string | null;
  now: Time;
  readPhone(number: string, channel: 'text' | 'call' | undefined): ReadMethod<PhoneValue>;
  readEmail(address: string): ReadMethod<string>;
}

export interface PhoneValue {
  number: string;
  channel: 'text' | 'call';
}

type ReadMethod<T> = { result: 'read'; value: T } | { result: ProblemCode | 'method-off' };

/** Makes the rules of one import; phone and e-mail are judged by the forms that judge what people type. */
export function makeRowRules(
  policy: Policy,
  given: Pick<RowRules, 'columns' | 'country' | 'clearMarker' | 'now'>,
): RowRules {
  const places = given.columns.flatMap(({ field }, index) =>
    field === 'ignore' ? [] : [[field, index] as const],
  );
  const readEmail: RowRules['readEmail'] = (text) => {
    if (!policy.authenticationEmail) return { result: 'method-off' };
    const read = checkEmailAddress(text, { ownDomains: policy.ownMailDomains, ownMailbox: null });
    return read.result === 'address' ? { result: 'read', value: read.address } : read;
  };
  return {
    ...given,
    places: new Map(places),
    policy,
    readPhone: phoneReader(policy, given.country),
    readEmail,
  };
}

/** Without a channel a number that takes texts gets texts, another one calls. */
function phoneReader(policy: Policy, country: string): RowRules['readPhone'] {
  const { phoneChannels } = askedOf(policy, { groups: [] });
  const [first] = phoneChannels;
  if (first === undefined) return () => ({ result: 'method-off' });
  const rules = { countries: policy.phoneCountries, defaultCountry: country, differentFrom: null };
  const form = phoneForm({ ...rules, channels: phoneChannels });
  const read = (number: string, channel: string): ReadMethod<PhoneValue> => {
    const parsed = form.safeParse({ number, channel });
    if (parsed.success) return { result: 'read', value: parsed.data };
    return { result: codeOf(parsed.error.issues[0]?.message) };
  };
  return (number, channel) => {
    const done = read(number, channel ?? first);
    const mayCall = channel === undefined && done.result === 'phone-no-text';
    return mayCall ? read(number, 'call') : done;
  };
}

const phoneProblems: readonly ProblemCode[] = [
  'phone-empty',
  'phone-unreadable',
  'phone-too-short',
  'phone-too-long',
  'phone-not-existing',
  'phone-country-not-allowed',
  'phone-premium',
  'phone-shared-cost',
  'phone-unknown-kind',
  'phone-has-extension',
  'phone-no-text',
  'phone-must-be-mobile',
  'channel-missing',
];

function codeOf(message: string | undefined): ProblemCode {
  return phoneProblems.find((code) => code === message) ?? 'phone-unreadable';
}
