import { expect, onTestFinished, test } from 'vitest';
import { tellAdministrators } from '../../src/administrators/tell.ts';
import { type Told, toldSchema } from '../../src/delivery/told.ts';
import { addAdministrator } from '../helpers/administrators.ts';
import { askPhoneCode, provePhone, signIn } from '../helpers/journeys.ts';
import { startSmtpServer } from '../helpers/smtp-server.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const everything: Told[] = [
  { event: 'privileged-person-reset', userName: 'root' },
  { event: 'reset-disowned', userName: 'zoe' },
  { event: 'budget-nearly-spent' },
  { event: 'guessing-noticed' },
  { event: 'spray-noticed' },
  { event: 'directory-losses', missing: 412, of: 600 },
  { event: 'administrator-invited', name: 'eve' },
  { event: 'administrator-added', name: 'eve' },
  { event: 'administrator-removed', name: 'eve' },
  { event: 'administrator-recovered', name: 'eve' },
  { event: 'administrator-mail-changed', name: 'eve' },
];

async function setLanguage({ deps }: TestHouse, id: string, language: 'nl' | null): Promise<void> {
  await deps.db.updateTable('administrators').set({ language }).where('id', '=', id).execute();
}

test('every administrator with a mail address is told everything, in their own language, helpdesk nothing', async () => {
  const house = await openTestHouse();
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
  await setLanguage(house, await addAdministrator(house.deps, 'bas', { mail: 'bas@example.org' }), 'nl');
  await addAdministrator(house.deps, 'silent');
  await addAdministrator(house.deps, 'hugo', { role: 'helpdesk', mail: 'hugo@example.org' });
  expect(everything.map(({ event }) => event)).toEqual(
    toldSchema.options.map(({ shape }) => shape.event.value),
  );
  for (const told of everything) await tellAdministrators(house.deps.db, house.deps, told);
  const mails = await house.messages();
  const to = (name: string) => mails.filter((mail) => mail.to.includes(name));
  expect(mails).toHaveLength(2 * everything.length);
  for (const [name, month] of [
    ['anna', /2 November 2026/],
    ['bas', /2 november 2026/],
  ] as const) {
    expect(new Set(to(name).map(({ body }) => body)).size).toBe(everything.length);
    expect(new Set(to(name).map(({ subject }) => subject)).size).toBe(everything.length);
    for (const { body } of to(name)) expect(body).toMatch(month);
  }
  const dutch = to('bas').map(({ body }) => body);
  for (const { body } of to('anna')) expect(dutch).not.toContain(body);
});

test('whoever has chosen no language is told in that of the house', async () => {
  const house = await openTestHouse({ policy: { defaultLanguage: 'nl' } });
  await setLanguage(house, await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' }), null);
  await tellAdministrators(house.deps.db, house.deps, { event: 'guessing-noticed' });
  expect((await house.messages())[0]?.subject).toContain('Er wordt geraden');
});

test('the address stands in the queue sealed only, and is gone once the mail is sent', async () => {
  const house = await openTestHouse();
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
  await tellAdministrators(house.deps.db, house.deps, { event: 'guessing-noticed' });
  const waiting = await house.deps.db.selectFrom('messages').selectAll().execute();
  expect(waiting).toMatchObject([{ person_id: null, channel: 'mail', kind: 'administrators-told' }]);
  const accounts = await house.deps.db.selectFrom('administrators').selectAll().execute();
  expect(JSON.stringify([waiting, accounts])).not.toContain('example.org');
  await house.messages();
  expect(await house.deps.db.selectFrom('messages').select('content').execute()).toEqual([{ content: null }]);
});

test('of one kind of event twenty are told in a day, so that they do not bury the rest', async () => {
  const house = await openTestHouse();
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
  for (let n = 0; n < 25; n++)
    await tellAdministrators(house.deps.db, house.deps, { event: 'reset-disowned', userName: `p${n}` });
  await tellAdministrators(house.deps.db, house.deps, { event: 'guessing-noticed' });
  expect(await house.messages()).toHaveLength(21);
});

test('S46 when four fifths of the messages of a day are spent, administrators are told once', async () => {
  const house = await openTestHouse({ policy: { messagesPerDay: 1 } });
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
  await house.addPerson('zoe');
  const browser = await signIn(house, 'zoe');
  await provePhone(house, browser, { number: '+31612345678' });
  const told = (await house.messages()).filter(({ to }) => to.includes('anna@example.org'));
  expect(told.map(({ subject }) => subject)).toEqual([expect.stringContaining('Almost no messages left')]);
});

test('S46 that mail really goes out, by the mail server, with the fourth of five texts and not before', async () => {
  const server = await startSmtpServer();
  onTestFinished(() => server.close());
  const house = await openTestHouse({ env: { SMTP_URL: server.url }, policy: { messagesPerDay: 5 } });
  await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
  await house.addPerson('zoe');
  const browser = await signIn(house, 'zoe');
  for (let text = 1; text <= 5; text += 1) {
    await askPhoneCode(await browser.open('/register/authentication-phone'), `061234567${text}`);
    await house.house.delivery.drain();
    const mails = server.mails.filter(({ recipients }) => recipients.includes('anna@example.org'));
    const subjects = mails.map(({ mail }) => mail.subject);
    expect(subjects).toEqual(text < 4 ? [] : [expect.stringContaining('Almost no messages left')]);
  }
});
