import { z } from 'zod';
import { canReceiveText, type PersonalPhone, type PhoneRules, parsePhoneNumber } from './personal-phone.ts';
import { addProblem, type ProblemSink } from './problem.ts';
import { typedText } from './typed-text.ts';

/** How a code can reach a phone. */
export type PhoneChannel = 'text' | 'call';

/** What a phone must be: `differentFrom` is the office phone in E.164, if there is one. */
export interface PhoneFormRules extends PhoneRules {
  differentFrom: string | null;
  channels: readonly PhoneChannel[];
}

/** Makes the form `{number, channel}` of an authentication phone; throws when the rules leave no channel. */
export function phoneForm(rules: PhoneFormRules) {
  if (rules.channels.length === 0) throw new Error('phoneForm needs at least one channel');
  return z.object({ number: typedText, channel: typedText }).transform((typed, ctx) => {
    const phone = checkNumber(typed.number, rules, ctx);
    const channel = checkChannel(typed.channel, rules, ctx);
    if (phone === null || channel === null) return z.NEVER;
    if (channel === 'text' && !canReceiveText(phone.type)) {
      const mayCall = rules.channels.includes('call');
      addProblem(ctx, mayCall ? 'phone-no-text' : 'phone-must-be-mobile', mayCall ? 'channel' : 'number');
      return z.NEVER;
    }
    return { kind: 'authentication-phone' as const, number: phone.number, channel };
  });
}

function checkNumber(text: string, rules: PhoneFormRules, ctx: ProblemSink): PersonalPhone | null {
  const read = parsePhoneNumber(text, rules);
  const equal = read.result === 'number' && read.number === rules.differentFrom;
  if (read.result === 'number' && !equal) return read;
  addProblem(ctx, read.result === 'number' ? 'phone-equals-office-phone' : read.result, 'number');
  return null;
}

function checkChannel(text: string, rules: PhoneFormRules, ctx: ProblemSink): PhoneChannel | null {
  const only = rules.channels.length === 1 && text === '' ? rules.channels[0] : undefined;
  const channel = only ?? rules.channels.find((allowed) => allowed === text);
  if (channel === undefined) addProblem(ctx, 'channel-missing', 'channel');
  return channel ?? null;
}
