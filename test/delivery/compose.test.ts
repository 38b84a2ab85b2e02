import { describe, expect, test } from 'vitest';
import { composeCode, composeNotice } from '../../src/delivery/compose.ts';
import { type Destination, type Notice, noticeSchema } from '../../src/delivery/content.ts';
import type { Outgoing } from '../../src/delivery/delivery.ts';
import type { House } from '../../src/delivery/draft.ts';
import { languages } from '../../src/words/languages.ts';

const house: House = {
  name: 'Example Ltd',
  helpContact: null,
  baseUrl: 'https://sparekey.example.org',
  timeZone: 'Europe/Amsterdam',
};
const at = Date.UTC(2026, 10, 22, 18, 31);
const toMail: Destination = { channel: 'mail', address: 'anna@example.com', name: 'Anna' };
const toText: Destination = { channel: 'text', address: '+31612345678' };
const toCall: Destination = { channel: 'call', address: '+31201234567', extension: '204' };
const code = '482913';
const facts = { code, expiresAt: at, language: 'en' } as const;

function mailOf(message: Outgoing) {
  if (message.channel !== 'mail') throw new Error('not a mail');
  return message;
}

function bodyOf(message: Outgoing): string {
  return message.channel === 'mail' ? message.text : message.body;
}

test('a text groups the digits and says until when the code is valid', () => {
  expect(bodyOf(composeCode({ ...facts, to: toText }, house))).toBe(
    '482 913 is your code for Example Ltd. Valid until 19:31. Give this code to nobody.',
  );
});

test('a call reads the code digit by digit, twice, and names its extension and language', () => {
  const call = composeCode({ ...facts, to: toCall }, house);
  expect(call).toMatchObject({ channel: 'call', to: '+31201234567', extension: '204', language: 'en' });
  expect(bodyOf(call).match(/4, 8, 2, … 9, 1, 3\./g)).toHaveLength(2);
});

test('a mail with a code has the same words in text and HTML, in the right language, and no link or picture', () => {
  const mail = mailOf(composeCode({ ...facts, language: 'nl', to: toMail }, house));
  expect(mail.text).toContain('482 913');
  expect(mail.html).toContain('<html lang="nl">');
  expect(mail.html.match(/<h1/g)).toHaveLength(1);
  expect(mail.html).toContain('<strong>482 913</strong>');
  expect(mail.html).not.toMatch(/<a |<img|<link|<script|https?:/);
  expect(mail.text).not.toMatch(/https?:/);
});

test.each(languages)('S24 no subject or title of a code holds the code (%s)', (language) => {
  const mail = mailOf(composeCode({ ...facts, language, to: toMail }, house));
  const title = /<title>(.*)<\/title>/.exec(mail.html)?.[1];
  expect(title).toBe(mail.subject);
  expect(mail.subject).not.toMatch(/\d/);
});

test('a text with a code keeps to letters of the GSM alphabet, so that it fits in one', () => {
  for (const language of languages) {
    const body = bodyOf(composeCode({ ...facts, language, to: toText }, house));
    expect(body).toMatch(/^[\x20-\x7e]{1,160}$/);
  }
});

describe('S48', () => {
  const name = '<img src=x onerror=alert(1)> & "Zoon"\r\nBcc: x@example.com';
  const shown = '<img src=x onerror=alert(1)> & "Zoon" Bcc: x@example.com';

  test('HTML in the name of the organisation stays text in a mail', () => {
    const mail = mailOf(composeCode({ ...facts, to: toMail }, { ...house, name }));
    expect(mail.html).not.toContain('<img');
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Zoon&quot;');
    expect(mail.text).toContain(shown);
    expect(mail.subject).toBe(`Your code for ${shown}`);
    expect(mail.fromName).toBe(shown);
  });

  test('HTML in the name of the organisation stays text in a text', () => {
    expect(bodyOf(composeCode({ ...facts, to: toText }, { ...house, name }))).toContain(shown);
  });

  test('a help contact cannot leave its attribute', () => {
    const helpContact = 'https://help.example.org/"><script>alert(1)</script>';
    const content = { to: toMail, language: 'en', notice: { kind: 'questions-changed', at } } as const;
    expect(mailOf(composeNotice(content, { ...house, helpContact })).html).not.toContain('<script>');
  });
});

const place = '203.0.113';
const token = 'T'.repeat(43);

const notices: Notice[] = [
  { kind: 'method-added', method: 'authentication-phone', at },
  { kind: 'method-changed', method: 'authentication-email', at },
  { kind: 'method-removed', method: 'office-phone', at },
  { kind: 'questions-changed', at },
  { kind: 'password-reset', reason: 'reset', at, place, stop: token },
  { kind: 'account-unlocked', at, place, stop: token },
  { kind: 'password-changed', at, place, stop: token },
  { kind: 'access-code-issued', at, until: at + 86_400_000, stop: token },
  { kind: 'change-announced', at, place, dueAt: at + 3 * 86_400_000, cancel: token },
  { kind: 'change-cancelled', at, place },
  { kind: 'account-stopped', at, place },
];

describe.each(languages)('notices in %s', (language) => {
  test('each kind has words of its own and says when', () => {
    const bodies = notices.map((notice) => bodyOf(composeNotice({ to: toText, language, notice }, house)));
    expect(new Set(bodies).size).toBe(notices.length);
    for (const body of bodies) expect(body).toMatch(/22 [Nn]ovember 2026 (om|at) 19:31/);
    const told = noticeSchema.options.map(({ shape }) => shape.kind.value);
    // A reminder tells of nothing that happened, and has tests of its own.
    expect(notices.map(({ kind }) => kind)).toEqual(told.filter((kind) => kind !== 'reminder'));
  });

  test('they name the help contact where there is one', () => {
    const helpContact = 'mailto:help@example.org';
    const notice: Notice = { kind: 'questions-changed', at };
    expect(bodyOf(composeNotice({ to: toText, language, notice }, { ...house, helpContact }))).toContain(
      ': help@example.org',
    );
    const mail = mailOf(composeNotice({ to: toMail, language, notice }, { ...house, helpContact }));
    expect(mail.html).toContain('<a href="mailto:help@example.org">help@example.org</a>');
    expect(mail.html).toContain('<a href="https://sparekey.example.org/register">');
    expect(mail.toName).toBe('Anna');
  });
});

describe.each(languages)('what happened to an account, in %s', (language) => {
  const stopping = notices.filter((notice) => 'stop' in notice || 'cancel' in notice);

  test('is told by text and mail with the link for who did not do it, from the base URL', () => {
    expect(stopping).toHaveLength(5);
    for (const notice of stopping) {
      const path = 'cancel' in notice ? 'stop/change' : 'stop';
      const href = `https://sparekey.example.org/${path}?link=${token}`;
      expect(bodyOf(composeNotice({ to: toText, language, notice }, house))).toContain(` ${href}`);
      const mail = mailOf(composeNotice({ to: toMail, language, notice }, house));
      expect(mail.html).toContain(`<a href="${href}">`);
      expect(mail.text).toContain(href);
      expect(`${mail.subject}`).not.toContain(token);
    }
  });

  test('says from where as far as known, and nothing where it is not', () => {
    for (const notice of notices.filter((one) => 'place' in one)) {
      const body = (of: Notice) => bodyOf(composeNotice({ to: toMail, language, notice: of }, house));
      expect(body(notice)).toContain('203.0.113.');
      expect(body({ ...notice, place: null })).not.toContain('203.0.113');
    }
  });

  test('an access code is told with until when it is valid, and that the earlier ways go once it is used', () => {
    const used: Notice = { kind: 'password-reset', reason: 'access-code', at, place, stop: token };
    const plain: Notice = { ...used, reason: 'reset' };
    const body = (notice: Notice) => bodyOf(composeNotice({ to: toText, language, notice }, house));
    expect(body(used).length).toBeGreaterThan(body(plain).length + 100);
    const issued: Notice = { kind: 'access-code-issued', at, until: at + 86_400_000, stop: token };
    expect(body(issued)).toMatch(/23 [Nn]ovember 2026 (om|at) 19:31/);
  });
});

test('a notice takes no number, address or answer along', () => {
  const notice = { kind: 'method-changed', method: 'authentication-phone', at, number: '+31612345678' };
  expect(noticeSchema.safeParse(notice).success).toBe(false);
});
