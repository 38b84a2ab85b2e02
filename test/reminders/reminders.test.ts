import { expect, test } from 'vitest';
import { leaseNext } from '../../src/delivery/lease.ts';
import { countMessages } from '../../src/delivery/queue.ts';
import { provenBits } from '../../src/people/status.ts';
import { runSchedule } from '../../src/reminders/scheduled.ts';
import { sendReminders } from '../../src/reminders/send-reminders.ts';
import { takeLease } from '../../src/store/lease.ts';
import { day, hour, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const system = { actor: { kind: 'system' }, dryRun: false } as const;
const administrator = { kind: 'administrator', id: 'a' } as const;
const mailbox = (name: string) => `${name}@example.org`;

async function add(house: TestHouse, name: string, more: Parameters<TestHouse['addPerson']>[1] = {}) {
  return house.addPerson(name, { workMailbox: mailbox(name), ...more });
}

async function change(house: TestHouse, userName: string, columns: object): Promise<void> {
  await house.deps.db.updateTable('people').set(columns).where('user_name', '=', userName).execute();
}

/** Lets days pass with the house looking once a day, and gives the mails that went out, with the day of each. */
async function live(house: TestHouse, days: number): Promise<{ onDay: number; to: string; body: string }[]> {
  const start = house.clock.now;
  const mails = [];
  for (let passed = 0; passed < days; passed += 1) {
    const run = await runSchedule(house.deps);
    for (const { to, body } of run?.sent ? await house.newMessages() : [])
      mails.push({ onDay: (house.clock.now - start) / day, to, body });
    house.wait(day);
  }
  return mails;
}

test('on schedule: 14 and 3 days before, then, and every week, six in all, why and how in each', async () => {
  const house = await openTestHouse({ env: { BASE_URL: 'https://reset.example.org' } });
  await add(house, 'zoe', { language: 'nl' });
  await add(house, 'john', { language: 'en', workMailbox: null });
  const mails = await live(house, 70);
  expect(mails.map(({ onDay }) => onDay)).toEqual([16, 27, 30, 37, 44, 51]);
  expect(new Set(mails.map(({ to }) => to))).toEqual(new Set([expect.stringContaining('zoe@example.org')]));
  expect(mails[0]?.body).toContain('Doe dit uiterlijk op 2 december 2026.');
  expect(mails[2]?.body).toContain('Dit had op 2 december 2026 klaar moeten zijn.');
  for (const { body } of mails) {
    expect(body).toContain('nog niet hebt ingesteld hoe u bewijst wie u bent');
    expect(body).toContain('https://reset.example.org/register');
  }
});

test('each reason has words of its own, in the language of the person, else of the house', async () => {
  const house = await openTestHouse({
    policy: { defaultLanguage: 'en', helpContact: 'mailto:help@example.org' },
  });
  const [phone, mail] = [provenBits['authentication-phone'], provenBits['authentication-email']];
  const start = house.clock.now;
  await add(house, 'never', { displayName: 'Nora' });
  await add(house, 'partly');
  await add(house, 'check', { language: 'nl' });
  await add(house, 'asked');
  await change(house, 'partly', { proven_methods: phone });
  await change(house, 'check', { proven_methods: phone | mail, last_check_at: start - 300 * day });
  await change(house, 'asked', { demanded_at: start });
  house.wait(31 * day);
  await sendReminders(house.deps, {}, { actor: administrator, dryRun: false });
  const mails = new Map(
    (await house.newMessages()).map(({ to, subject, body }) => [to, `${subject}\n${body}`]),
  );
  const of = (name: string) => [...mails].find(([to]) => to.includes(mailbox(name)))?.[1];
  expect(of('never')).toContain('Set up how you get back into your account at Sparekey');
  expect(of('never')).toContain('This should have been done by 2 December 2026');
  expect(of('partly')).toContain('something is still missing');
  expect(of('check')).toContain('Kloppen uw gegevens bij Sparekey nog?');
  expect(of('asked')).toContain('An administrator of Sparekey asks you to check again');
  for (const text of mails.values()) expect(text).toContain('help@example.org');
});

test('who registers in time hears no more; who checked again is reminded of the next check', async () => {
  const house = await openTestHouse();
  await add(house, 'zoe');
  expect(await live(house, 17)).toHaveLength(1);
  await change(house, 'zoe', { proven_methods: 3, last_check_at: house.clock.now });
  const mails = await live(house, 185);
  expect(mails.map(({ onDay }) => onDay)).toEqual([166, 177, 180]);
});

test('a reminder by hand goes to whom is chosen, is counted before, and not sent twice in a day', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  await add(house, 'anna', { groups: ['Staff'] });
  await add(house, 'bob', { groups: ['Staff'] });
  await add(house, 'carl');
  await add(house, 'dora', { groups: ['Staff'], workMailbox: null });
  const send = (dryRun: boolean) =>
    sendReminders(house.deps, { group: 'Staff' }, { actor: administrator, dryRun });
  const counts = { selected: 3, toSend: 2, withoutMailbox: 1, remindedToday: 0 };
  expect(await send(true)).toEqual({ ...counts, sent: 0 });
  expect(await house.newMessages()).toEqual([]);
  expect(await send(false)).toEqual({ ...counts, sent: 2 });
  expect((await house.newMessages()).map(({ to }) => to).toSorted()).toEqual([
    expect.stringContaining('anna'),
    expect.stringContaining('bob'),
  ]);
  house.wait(day - 1);
  expect(await send(false)).toEqual({ ...counts, toSend: 0, remindedToday: 2, sent: 0 });
  expect(await runSchedule(house.deps)).toMatchObject({ sent: 1 });
  expect(await house.newMessages()).toHaveLength(1);
  house.wait(1);
  expect(await send(false)).toMatchObject({ sent: 2 });
});

test('reminders are in the audit, each and together', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  const { personId } = await add(house, 'anna');
  await add(house, 'bob', { workMailbox: null });
  await sendReminders(house.deps, { prefix: 'a' }, { actor: administrator, dryRun: false });
  await sendReminders(house.deps, {}, { actor: administrator, dryRun: true });
  const events = (await house.audit()).filter(({ event }) => /remind/.test(event));
  expect(events.map(({ event, subject, details }) => [event, subject, JSON.parse(details)])).toEqual([
    ['person-reminded', personId, { reason: 'never-registered' }],
    ['reminders-sent', null, { prefix: 'a', selected: 1, sent: 1, withoutMailbox: 0, remindedToday: 0 }],
  ]);
});

test('two who remind at the same time remind each person once', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  for (const name of ['a', 'b', 'c', 'd', 'e']) await add(house, name);
  const runs = await Promise.all([
    sendReminders(house.deps, {}, system),
    sendReminders(house.deps, {}, system),
    runSchedule(house.deps),
  ]);
  expect(runs.map((run) => run?.sent ?? 0).reduce((sum, sent) => sum + sent, 0)).toBe(5);
  expect(await house.newMessages()).toHaveLength(5);
});

test('the schedule runs on one node at a time, and again when that one is gone', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  await add(house, 'anna');
  const { now } = house.deps;
  const elsewhere = await takeLease(house.deps.db, 'reminders', { now, length: hour });
  expect(await runSchedule(house.deps)).toBeUndefined();
  house.wait(hour);
  expect(await runSchedule(house.deps)).toMatchObject({ sent: 1 });
  expect(await elsewhere?.renew()).toBe(false);
});

test('stopped in the middle, nothing is lost and nobody is reminded twice', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  await add(house, 'anna');
  const stop = AbortSignal.abort();
  expect(await sendReminders(house.deps, {}, { ...system, stop })).toMatchObject({ sent: 0 });
  expect(await sendReminders(house.deps, {}, system)).toMatchObject({ sent: 1 });
  expect(await sendReminders(house.deps, {}, system)).toMatchObject({ sent: 0, remindedToday: 1 });
});

test('a code goes before any number of reminders that wait', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  for (const name of ['anna', 'bob', 'carl']) await add(house, name);
  await sendReminders({ ...house.deps, wakeDelivery: () => {} }, {}, system);
  house.wait(1000);
  const { db } = house.deps;
  const waiting = await db.selectFrom('messages').selectAll().where('rank', '=', 2).execute();
  expect(waiting).toHaveLength(3);
  const [first] = waiting;
  if (!first) throw new Error('nothing waits');
  const code = { ...first, id: 'later', kind: 'code', rank: 0, due_at: house.clock.now };
  await db.insertInto('messages').values(code).execute();
  expect((await leaseNext(db, house.clock.now))?.id).toBe('later');
  expect((await leaseNext(db, house.clock.now))?.kind).toBe('reminder');
});

test('a reminder that waits is dropped, and counted so, when there is nothing left to be reminded of', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  for (const name of ['anna', 'bob', 'carl', 'dora']) await add(house, name);
  await sendReminders({ ...house.deps, wakeDelivery: () => {} }, {}, system);
  await change(house, 'anna', { proven_methods: 3, last_check_at: house.clock.now });
  await change(house, 'bob', { disabled_at: house.clock.now });
  await change(house, 'carl', { proven_methods: 1, last_check_at: house.clock.now });
  const mails = await house.newMessages();
  expect(mails.map(({ to }) => to).toSorted()).toEqual([
    expect.stringContaining('carl'),
    expect.stringContaining('dora'),
  ]);
  expect(await countMessages(house.deps.db)).toEqual({ sent: 2, dropped: 2 });
});

test('no mail, no reminders', async () => {
  const house = await openTestHouse({ policy: { registerWithinDays: 0 } });
  await add(house, 'anna');
  const deps = { ...house.deps, carries: new Set(['text'] as const) };
  expect(await runSchedule(deps)).toBeUndefined();
  expect(await house.newMessages()).toEqual([]);
});
