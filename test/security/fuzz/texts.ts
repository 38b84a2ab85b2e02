import type { Random } from './random.ts';

/** Texts that have broken programs before, and some that mean something here. */
const odd = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '{"a":1}',
  '9007199254740993',
  '999999999999999999999999',
  '\0',
  'a\0b',
  '\r\n',
  'a\r\nSet-Cookie: x=y',
  '\t\v\f',
  "'",
  "' or 1=1 --",
  '"; drop table people; --',
  '%',
  '%%',
  '%00',
  '%zz',
  '%c3%28',
  '%s%n%d',
  '../../../etc/passwd',
  '..%2f..%2f',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}',
  '<%= 7*7 %>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '\ufeff',
  'e\u0301'.repeat(50),
  'ﷺ'.repeat(40),
  'İıſK',
  '👩‍👩‍👧‍👦',
  '١٢٣٤٥٦',
  '１２３４５６',
  '=cmd|"/c calc"!A1',
  '(&(uid=*))',
  'x'.repeat(300),
  'x'.repeat(5000),
  '\u0000'.repeat(40),
] as const;

const telling = [
  'jan',
  'JAN',
  'nobody',
  'jan.de.vries',
  '+31612345678',
  '06 12345678',
  '+31 (0)6-12 34 56 78',
  '+1 900 555 0100',
  '+999',
  '112',
  'jan@example.com',
  'jan@[127.0.0.1]',
  '"jan"@example.com',
  'a@b',
  'a@b.c,d@e.f',
  '123456',
  '123 456',
  '000000',
  'correct horse battery',
  'een heel ander wachtwoord',
  'text',
  'call',
  'mail',
  'forgot',
  'locked',
  'yes',
  'on',
  'hide',
  'show',
  '1',
  '2',
  '5',
  'nl',
  'en',
  '/register',
  '/account?x=1',
  'authentication-phone',
  'authentication-email',
  'office-phone',
  'security-questions',
  '2026-11-26',
  '2026-11-26T12:00:00Z',
  '0000-00-00',
  'json',
  'csv',
  'name',
  'since',
] as const;

/** A text: one that means something here, one that breaks things, or any at all. */
export function textOf(random: Random): string {
  const kind = random.below(10);
  if (kind < 4) return random.pick(telling);
  if (kind < 8) return random.pick(odd);
  if (kind < 9) return random.pick(telling) + random.pick(odd);
  const letters = Array.from({ length: random.below(30) }, () => random.below(0x3000));
  return String.fromCodePoint(...letters);
}

/** A text, escaped for a query or a form; now and then not, or doubly, or broken. */
export function escapedOf(random: Random, text: string): string {
  const whole = encodeURIComponent(text.toWellFormed());
  if (random.chance(3)) return encodeURIComponent(whole);
  if (random.chance(3)) return whole.slice(0, -1);
  if (random.chance(3)) return `${whole}%`;
  if (random.chance(2)) return `${whole}%ff%fe`;
  return whole;
}
