import { expect, onTestFinished, test } from 'vitest';
import {
  answerQuestions,
  askMailCode,
  fiveAnswers,
  proveMail,
  proveOfficePhone,
  provePhone,
  signIn,
  typeCode,
  wordsOn,
} from '../helpers/journeys.ts';
import { type SmtpHelper, startSmtpServer } from '../helpers/smtp-server.ts';
import { type Message, minute, openTestHouse, type TestHouse, type Wanted } from '../helpers/test-house.ts';
import { allPaths, htmxHeaders } from './house-contents.ts';
import { headerOf, sendRaw } from './raw.ts';

const baseUrl = 'https://id.example.org';

/** A house whose mails go to a real SMTP server. */
async function openMailHouse(wanted: Wanted = {}): Promise<{ house: TestHouse; smtp: SmtpHelper }> {
  const smtp = await startSmtpServer();
  onTestFinished(() => smtp.close());
  const house = await openTestHouse({ ...wanted, env: { SMTP_URL: smtp.url, ...wanted.env } });
  return { house, smtp };
}

/** The code in the newest mail to this address. */
async function codeMailed(house: TestHouse, smtp: SmtpHelper, address: string): Promise<string> {
  await house.house.delivery.drain();
  const mail = smtp.mails.filter(({ recipients }) => recipients.includes(address)).at(-1);
  return (
    /\b(\d{3}) (\d{3})\b/
      .exec(mail?.mail.text ?? '')
      ?.slice(1)
      .join('') ?? ''
  );
}

const forged = {
  Host: 'evil.example',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Server': 'evil.example',
  'X-Host': 'evil.example',
  'X-Original-Host': 'evil.example',
  Forwarded: 'host=evil.example;proto=http',
  'X-Forwarded-Port': '6666',
};

test('S43 no header names the house: links in pages, redirects and messages come from the base URL', async () => {
  for (const trust of [{}, { TRUST_PROXY: '1' }]) {
    const house = await openTestHouse({ env: { BASE_URL: baseUrl, ...trust } });
    await house.addPerson('jan', { workMailbox: 'jan@example.org' });
    const jan = await signIn(house, 'jan', house.browser({ headers: forged }));
    await provePhone(house, jan, { number: '+31612345678' });
    await proveMail(house, jan, 'jan@example.com');
    for (const path of [...allPaths, '/', '/ssprsetup', '/nowhere']) {
      for (const headers of [{}, htmxHeaders('row-authentication-phone')]) {
        const answer = await jan.send('get', path, { headers });
        expect(`${JSON.stringify(answer.headers)} ${answer.text}`, path).not.toMatch(/evil|6666/);
        expect(answer.get('Location') ?? '/', path).toMatch(/^\/(?!\/)/);
      }
    }
    const messages = await house.messages();
    const linked = messages.filter(({ body }) => body.includes('://'));
    expect(linked.length).toBeGreaterThan(0);
    for (const { subject, body } of messages) {
      expect(`${subject} ${body}`).not.toContain('evil');
      for (const [link] of body.matchAll(/\w+:\/\/\S+/g))
        expect(link).toMatch(/^https:\/\/id\.example\.org\//);
    }
  }
});

test('S43 a request line that names another host, or two Host headers, alters nothing', async () => {
  const house = await openTestHouse({ env: { BASE_URL: baseUrl } });
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  const cookie = `Cookie: ${[...jan.cookies].map((pair) => pair.join('=')).join('; ')}`;
  const htmx = Object.entries(htmxHeaders('row-authentication-phone')).map((pair) => pair.join(': '));
  const targets = [
    'register',
    'sign-in',
    'register/authentication-phone',
    'register/finished',
    'nowhere',
    '',
  ];
  for (const target of targets) {
    for (const headers of [[], [cookie], htmx, [cookie, ...htmx]]) {
      const answer = await sendRaw(house.url, [
        `GET http://evil.example/${target}?lang=nl HTTP/1.1`,
        'Host: evil.example',
        ...headers,
      ]);
      expect(`${answer.head} ${answer.body}`, target).not.toContain('evil');
      expect(headerOf(answer, 'Location') || '/', target).toMatch(/^\/(?!\/)/);
      expect(headerOf(answer, 'HX-Redirect') || '/', target).toMatch(/^\/(?!\/)/);
    }
  }
  const twice = await sendRaw(house.url, [
    'GET /register HTTP/1.1',
    'Host: id.example.org',
    'Host: evil.example',
  ]);
  expect(`${twice.head} ${twice.body}`).not.toContain('evil');
  const none = await sendRaw(house.url, ['GET /register HTTP/1.1']);
  expect([303, 400]).toContain(none.status);
});

const poisoned = [
  'a@example.com\r\nBcc: evil@example.net',
  'a@example.com\nevil@example.net',
  'a@example.com\rSubject: x',
  'a@example.com%0aBcc:evil@example.net',
  'a@example.com%0d%0aRCPT TO:<evil@example.net>',
  'a@example.com,evil@example.net',
  'a@example.com;evil@example.net',
  'a@example.com evil@example.net',
  'evil@example.net,a@example.com',
  '<a@example.com>',
  'Jan <a@example.com>',
  '"evil@example.net"@example.com',
  '"a\r\nBcc: evil@example.net"@example.com',
  'a(evil@example.net)@example.com',
  'team:a@example.com,evil@example.net;',
  'a@example.com\0evil@example.net',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  'a@b@example.com',
  '@example.net:a@example.com',
  'a!evil@example.com',
  'evil%example.net@example.com',
  'a\u2028@example.com',
  'a@exa\u2028mple.com',
  'a＠example.com',
  'a@example．com,evil@example.net',
  '=?utf-8?q?a=0abcc=3abad?=@example.com\n',
  '|sh@example.com',
];

test('S47 an address that holds a header, a list or a route is refused, and nothing is sent', async () => {
  const { house, smtp } = await openMailHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  for (const address of poisoned) {
    await jan.open('/register/authentication-email');
    await jan.post('/register/authentication-email', { csrf: jan.csrf, address });
    await house.house.delivery.drain();
    const reached = smtp.mails.flatMap(({ recipients }) => recipients);
    expect(
      reached.filter((to) => to.includes('evil')),
      JSON.stringify(address),
    ).toEqual([]);
    if (jan.path === '/register/authentication-email/code') {
      // Kept as one plain mailbox: what surrounded it was trimmed or is a lawful part of its name.
      expect(reached.at(-1), JSON.stringify(address)).toMatch(/^[^\s,;:<>"()%!|]+@example\.com$/);
      continue;
    }
    expect(jan.problems.length, JSON.stringify(address)).toBe(1);
  }
  for (const { raw } of smtp.mails) expect(raw).not.toMatch(/^bcc:/im);
});

test('S47 a domain in another script is written in its one ASCII form', async () => {
  const { house, smtp } = await openMailHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  await askMailCode(jan, 'jan@BÜCHER.example');
  await house.house.delivery.drain();
  expect(smtp.mails[0]?.raw).toMatch(/^To: jan@xn--bcher-kva\.example$/m);
  // The server tells its recipients in Unicode, whatever form it was given.
  await typeCode(jan, await codeMailed(house, smtp, 'jan@bücher.example'));
  expect(jan.path).toBe('/register');
});

const wicked = 'Jan\r\nBcc: evil@example.net\r\n\r\n<img src=x onerror=alert(1)>, "x" <evil@example.net>';

test('S47 S48 names with line breaks and markup stay one name in the headers, and text in the mail', async () => {
  const organisationName = 'Zorg & <b>Zoon</b>\r\nBcc: evil@example.net "x"';
  const { house, smtp } = await openMailHouse({ policy: { organisationName } });
  await house.addPerson('jan', { displayName: wicked, workMailbox: 'jan@example.org' });
  const jan = await signIn(house, 'jan');
  await askMailCode(jan, 'jan@example.com');
  await typeCode(jan, await codeMailed(house, smtp, 'jan@example.com'));
  expect(jan.path).toBe('/register');
  await house.house.delivery.drain();
  expect(smtp.mails.length).toBeGreaterThanOrEqual(3);
  for (const { mail, raw, recipients } of smtp.mails) {
    const [head = ''] = raw.split(/\r?\n\r?\n/);
    expect(recipients.length).toBe(1);
    expect(recipients[0]).toMatch(/^jan@example\.(com|org)$/);
    expect(head).not.toMatch(/^(bcc|cc):/im);
    expect(mail.bcc).toBeUndefined();
    expect([mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))).toEqual(
      recipients,
    );
    expect(mail.from?.value.length).toBe(1);
    expect(mail.from?.value[0]?.address).toBe('sparekey@example.org');
    const html = mail.html || '';
    expect(html).toContain('Zorg &amp; &lt;b&gt;Zoon&lt;/b&gt;');
    expect(html).not.toMatch(/<b>|<img|onerror=/);
    expect(mail.text).toContain('Zorg & <b>Zoon</b>');
  }
});

test('S48 markup in the organisation’s name is spoken and texted as it is, in one line', async () => {
  const house = await openTestHouse({ policy: { organisationName: '<script>x</script> & "Zoon"' } });
  await house.addPerson('jan', { officePhone: { number: '+31207940000', extension: null } });
  const jan = await signIn(house, 'jan');
  await provePhone(house, jan, { number: '+31612345678' });
  await proveOfficePhone(house, jan, '+31207940000');
  const messages = await house.messages();
  expect(messages.map(({ channel }) => channel)).toContain('call');
  for (const { body } of messages) {
    expect(body).toContain('<script>x</script> & "Zoon"');
    expect(body).not.toContain('&lt;');
  }
});

/** The addresses that were told something, not sent a code; nothing secret is in what they were told. */
async function toldSince(house: TestHouse, secrets: readonly string[]): Promise<string[]> {
  const notices = (await house.newMessages()).filter((message) => !isCode(message));
  for (const { subject, body } of notices)
    for (const secret of secrets) expect(`${subject}\n${body}`.replace(/\s/g, '')).not.toContain(secret);
  return notices.map(({ to }) => to).toSorted();
}

function isCode({ body }: Message): boolean {
  return /\b\d{3} \d{3}\b|(\d, ){2}/.test(body);
}

test('S49 every change of a method is told at all known addresses, old and new, and the notice holds no secret', async () => {
  const house = await openTestHouse({ policy: { methodsToRegister: 4, methodsToReset: 2 } });
  await house.addPerson('jan', {
    workMailbox: 'jan@example.org',
    officePhone: { number: '+31207940000', extension: null },
  });
  const jan = await signIn(house, 'jan');
  const secrets = [
    '0612345678',
    '12345678',
    '87654321',
    '7940000',
    'jan@example.com',
    'jan@example.net',
    ...fiveAnswers,
  ];
  const told = async () => toldSince(house, secrets);

  await provePhone(house, jan, { number: '+31612345678' });
  expect(await told()).toEqual(['+31612345678', 'jan@example.org']);

  await proveMail(house, jan, 'jan@example.com');
  expect(await told()).toEqual(['+31612345678', 'jan@example.com', 'jan@example.org']);

  house.wait(5 * minute);
  await provePhone(house, jan, { number: '+31687654321' });
  const all = ['+31612345678', '+31687654321', 'jan@example.com', 'jan@example.org'];
  expect(await told()).toEqual(all);

  await proveOfficePhone(house, jan, '+31207940000');
  const known = all.filter((one) => one !== '+31612345678');
  expect(await told()).toEqual(known);

  await answerQuestions(house, jan, fiveAnswers);
  expect(await told()).toEqual(known);

  for (const path of ['authentication-email', 'security-questions', 'office-phone']) {
    await jan.open(`/register/${path}/remove`);
    await jan.press(wordsOn(jan).register.removal.submit);
    expect(jan.path, path).toBe('/register');
    expect(await told(), path).toEqual(
      path === 'authentication-email' ? known : known.filter((one) => one !== 'jan@example.com'),
    );
  }
});
