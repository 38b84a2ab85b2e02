import { expect, test } from 'vitest';
import { whyOf } from '../../src/delivery/why.ts';

test.each([
  ['SMTP RCPT TO 550', 'refused'],
  ['SMTP RCPT TO 451', 'trouble-there'],
  ['SMTP AUTH PLAIN 535', 'not-let-in'],
  ['SMTP CONN ETIMEDOUT', 'no-answer'],
  ['SMTP STARTTLS ETLS', 'insecure'],
  ['the address is not one plain address', 'refused'],
  ['nothing carries a call here', 'nothing-carries'],
  ['country stopped', 'country-stopped'],
  ['Twilio 400 21211', 'refused'],
  ['Twilio 401 20003', 'not-let-in'],
  ['Twilio 500', 'trouble-there'],
  ['Twilio no-answer', 'unreachable'],
  ['Twilio undelivered 30003', 'unreachable'],
  ['Twilio undelivered 30005', 'refused'],
  ['webhook 503', 'trouble-there'],
  ['webhook 422', 'refused'],
  ['webhook unreachable', 'unreachable'],
  ['SMPP bind 14', 'not-let-in'],
  ['SMPP submit 11', 'refused'],
  ['SMPP receipt UNDELIV', 'refused'],
  ['SMPP receipt EXPIRED', 'unreachable'],
  ['SMPP no connection', 'no-answer'],
  ['webhook 500; no answer (ECONNREFUSED)', 'no-answer'],
  ['TypeError', 'unforeseen'],
])('%s is %s', (failure, why) => {
  expect(whyOf(failure)).toBe(why);
});
