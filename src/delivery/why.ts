/** Why a message did not arrive, as far as it can be told in plain words. */
export const whys = [
  'refused',
  'unreachable',
  'no-answer',
  'trouble-there',
  'not-let-in',
  'insecure',
  'nothing-carries',
  'country-stopped',
  'unforeseen',
] as const;
export type Why = (typeof whys)[number];

/** The failures that transports and reports name, from the most exact on. */
const table: readonly (readonly [RegExp, Why])[] = [
  [/^country stopped$/, 'country-stopped'],
  [/carries (no|a) /, 'nothing-carries'],
  [/^the address is not one plain address$/, 'refused'],
  [/^SMTP .*\bETLS$|^SMTP .*\b(CERT|SELF_SIGNED|UNABLE_TO_VERIFY)\w*$/, 'insecure'],
  [/^SMTP .*\b(530|534|535|538|EAUTH)$/, 'not-let-in'],
  [/^SMTP .*\b5\d\d$/, 'refused'],
  [/^SMTP .*\b4\d\d$/, 'trouble-there'],
  [/^SMTP /, 'no-answer'],
  [/^Twilio (401|403)\b/, 'not-let-in'],
  [/^Twilio 400 /, 'refused'],
  [/^Twilio (busy|no-answer)$/, 'unreachable'],
  [/^Twilio \w+ (30003|30008)$/, 'unreachable'],
  [/^Twilio (undelivered|failed|canceled)\b/, 'refused'],
  [/^Twilio /, 'trouble-there'],
  [/^webhook (401|403)$/, 'not-let-in'],
  [/^webhook (410|422|refused)$/, 'refused'],
  [/^webhook (unreachable|expired)$/, 'unreachable'],
  [/^webhook /, 'trouble-there'],
  [/^SMPP bind /, 'not-let-in'],
  [/^SMPP submit (1|11|80|81)$/, 'refused'],
  [/^SMPP receipt (UNDELIV|REJECTD|DELETED)$/, 'refused'],
  [/^SMPP receipt EXPIRED$/, 'unreachable'],
  [/^SMPP no /, 'no-answer'],
  [/^SMPP /, 'trouble-there'],
  [/^no answer\b/, 'no-answer'],
];

/** Says in one of a few words why a message failed; where several gateways were asked, why the last of them did. */
export function whyOf(failure: string): Why {
  const last = failure.split('; ').at(-1) ?? '';
  return table.find(([pattern]) => pattern.test(last))?.[1] ?? 'unforeseen';
}
