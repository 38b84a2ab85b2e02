import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '../../src/audit/verify.ts';
import { startHousekeeping } from '../../src/housekeeping.ts';
import { newPersonRow } from '../../src/people/new-person-row.ts';
import { peopleBinding, readPerson } from '../../src/people/person.ts';
import { nodesWithout } from '../../src/rotation/follow.ts';
import { readKeysInUse } from '../../src/rotation/in-use.ts';
import { isSealedWith, readProgress, sealedColumns } from '../../src/rotation/sealed-columns.ts';
import { noneBroken } from '../../src/rotation/sealed-rows.ts';
import { whatNeedsOldKeys } from '../../src/rotation/still-needed.ts';
import { readKeyRing } from '../../src/secrets/key-ring.ts';
import { longestLife } from '../../src/sessions/session-data.ts';
import { beat, tellKeys } from '../../src/store/nodes.ts';
import type { Db } from '../../src/store/schema.ts';
import { askMailCode, fiveAnswers, openStep, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { addRegistered, choosePassword, newPassword, passPhone, startReset } from '../helpers/resets.ts';
import { startServer } from '../helpers/server.ts';
import { hour, minute, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { keys, passSessions, ringOf } from './keys-command.ts';

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await isSo()) return;
    await setTimeout(50);
  }
  throw new Error(`It never came to this: ${what}.`);
}

/** Lets the house do its housekeeping, on the clock of the commands. */
function keepHouse(house: TestHouse): () => Promise<void> {
  const tick = () => {
    house.clock.now = Date.now();
  };
  tick();
  const clock = setInterval(tick, 20);
  const housekeeping = startHousekeeping(house.deps, house.house);
  const stop = async () => {
    await housekeeping.stop();
    clearInterval(clock);
  };
  onTestFinished(stop);
  return stop;
}

async function isAllSealed(db: Db): Promise<boolean> {
  const inUse = await readKeysInUse(db);
  const progress = await readProgress(db, inUse?.data ?? '');
  return progress.every(({ done, total }) => done === total);
}

/** Waits until every node holds the keys of the ring: whoever tries the command until then starts many processes. */
async function untilHeard(house: TestHouse): Promise<void> {
  const held = await readKeyRing(ringOf(house.folder));
  if (held.result !== 'read') throw new Error('no ring');
  const isHeard = async () => (await nodesWithout(house.deps.db, held.ring, Date.now())).length === 0;
  await until('every node holds the new keys', isHeard);
}

/** Brings a new key into use; the time a node takes to hear of it is waited for. */
async function rotate(house: TestHouse): Promise<void> {
  expect((await keys(house.folder, 'add')).code).toBe(0);
  await untilHeard(house);
  await until('the new keys are in use', async () => (await keys(house.folder, 'use')).code === 0);
}

/** Retires the old keys once the last session from before has ended. */
async function retire(house: TestHouse): Promise<void> {
  const early = await keys(house.folder, 'retire');
  expect(early.code).toBe(1);
  expect(early.said).toContain('sessions from before');
  await passSessions(house.deps.db);
  const inUse = await readKeysInUse(house.deps.db);
  if (!inUse) throw new Error('no keys in use');
  const isFree = async () => {
    const asked = { inUse, now: Date.now(), broken: noneBroken(), longestSession: longestLife };
    return (await whatNeedsOldKeys(house.deps.db, asked)).length === 0;
  };
  await until('nothing needs the old keys', isFree);
  await until('the old keys retire', async () => (await keys(house.folder, 'retire')).code === 0);
}

test('keys are replaced under way: nothing is unreadable, all is sealed anew, and the old keys open nothing', async () => {
  const house = await openTestHouse();
  house.clock.now = Date.now() - hour;
  const person = { workMailbox: 'jan@example.org' };
  const { personId } = await addRegistered(house, 'jan', { mail: '', answers: fiveAnswers, person });
  const stopKeeping = keepHouse(house);
  const { db } = house.deps;
  const browser = await signIn(house, 'jan');
  await browser.open('/register/security-questions');
  const asked = [...browser.document.querySelectorAll('ol > li > p:first-child')];
  const answers = new Map(asked.map((p, n) => [p.textContent?.trim() ?? '', fiveAnswers[n] ?? '']));
  await openStep(house, browser, '/register/authentication-email');
  await askMailCode(browser, 'jan@example.com');
  const before = await readKeyRing(ringOf(house.folder));
  const oldMailbox = await sealedMailbox(db, personId);

  // Somebody looks at every moment of it.
  const looking = new AbortController();
  const looks = (async () => {
    let seen = 0;
    for (; !looking.signal.aborted; seen += 1) {
      const other = await signIn(house, 'jan');
      expect(other.text, 'at every moment').toContain('Jan de Vries');
      const read = await readPerson({ db, sealing: house.deps.secrets.sealing }, personId);
      expect(read?.workMailbox).toBe('jan@example.org');
    }
    return seen;
  })();
  await rotate(house);
  await until('all is sealed anew', () => isAllSealed(db));
  expect((await keys(house.folder)).said).toMatch(/registrations\.value: (\d+) of \1 sealed/);

  // The code that was on its way and the session are as good as before.
  await typeCode(browser, await house.codeFor('jan@example.com'));
  expect(browser.path, browser.text).toBe('/register');
  await retire(house);
  await until('the node has let go of the old keys', async () => house.house.keys.ring.data.length === 1);
  looking.abort();
  expect(await looks).toBeGreaterThan(0);

  const after = await readKeyRing(ringOf(house.folder));
  if (before.result !== 'read' || after.result !== 'read') throw new Error('no ring');
  const [old] = before.ring.data;
  expect(JSON.stringify(after.ring)).not.toContain(old.secret);
  expect(after.ring.retired?.map(({ id }) => id)).toEqual([old.id]);
  expect(() =>
    house.deps.secrets.sealing.open(oldMailbox, peopleBinding(personId, 'work_mailbox')),
  ).toThrow();
  await house.house.sealer.run();
  const { batches, findings } = await verifyAudit(house.deps);
  expect(findings).toEqual([]);
  expect(batches).toBeGreaterThan(0);

  await stopKeeping();
  house.wait(20 * minute);
  const reset = await startReset(house, 'jan');
  await passPhone(house, reset);
  await reset.open('/reset/security-questions');
  for (const label of reset.document.querySelectorAll('main label')) {
    const question = label.textContent?.trim() ?? '';
    reset.fill(question, answers.get(question) ?? '');
  }
  await reset.press(wordsOn(reset).reset.questions.submit);
  await choosePassword(reset);
  expect(reset.path, reset.text).toBe('/reset/done');
  expect(await house.deps.directory.checkPassword('jan', newPassword)).toBe('right');
});

async function sealedMailbox(db: Db, id: string): Promise<string> {
  const row = await db.selectFrom('people').select('work_mailbox').where('id', '=', id).executeTakeFirst();
  return row?.work_mailbox ?? '';
}

test('no key comes into use that a node is without, and a ring that cannot be read changes nothing', async () => {
  const house = await openTestHouse();
  keepHouse(house);
  const { db } = house.deps;
  await house.addPerson('jan', { workMailbox: 'jan@example.org' });
  expect((await keys(house.folder, 'retire')).said).toContain('There are no old keys.');
  expect((await keys(house.folder, 'use')).said).toContain('in use already');
  expect(await keys(house.folder, 'turn')).toMatchObject({ code: 2 });

  await beat(db, 'node:other:/data', house.clock.now + hour);
  const inUse = await readKeysInUse(db);
  await tellKeys(db, 'node:other:/data', JSON.stringify({ held: [], inUse }));
  await keys(house.folder, 'add');
  expect((await keys(house.folder, 'add')).said).toContain('waiting already');
  const refused = await keys(house.folder, 'use');
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('other:/data');
  expect(await readKeysInUse(db)).toEqual(inUse);

  const whole = await readFile(ringOf(house.folder), 'utf8');
  await writeFile(ringOf(house.folder), whole.slice(0, 200));
  const broken = await keys(house.folder, 'use');
  expect(broken.code).toBe(1);
  expect(broken.said).toContain('is not a whole key ring');
  await until('the node says so', async () => house.log.some((line) => line.includes('not fit')));
  expect((await signIn(house, 'jan')).path).toBe('/register');
  await writeFile(ringOf(house.folder), whole);

  await db.deleteFrom('leases').where('name', '=', 'node:other:/data').execute();
  await untilHeard(house);
  await until('in use', async () => (await keys(house.folder, 'use')).code === 0);
  await until('all is sealed anew', () => isAllSealed(db));
  await rotate(house);
  await until('all is sealed anew again', () => isAllSealed(db));
  expect(house.house.keys.ring.data).toHaveLength(3);
  expect(house.log.filter((line) => line.includes('not fit'))).toHaveLength(1);
  expect((await signIn(house, 'jan')).path).toBe('/register');
});

test('a server killed in the midst of it goes on where it was', async () => {
  const house = await openTestHouse();
  const { db, secrets } = house.deps;
  const many = 6_000;
  for (let from = 0; from < many; from += 500)
    await db
      .insertInto('people')
      .values(Array.from({ length: 500 }, (_, n) => personRow(`p${from + n}`, house.deps)))
      .execute();
  const env = { SPAREKEY_TRIAL_PASSWORD: 'correct horse battery' };
  const first = await startServer({ folder: house.folder, env });
  await rotate(house);
  const isBegun = async () => (await sealedNow(db)) > 0;
  await until('it has begun', isBegun);
  first.child.kill('SIGKILL');
  await first.ended;
  const done = await sealedNow(db);
  expect(done, 'cut off in the midst').toBeLessThan(many);
  expect((await keys(house.folder)).said).toContain('people.work_mailbox');
  const { sealing } = secrets;
  const held = await readKeyRing(ringOf(house.folder));
  const inUse = await readKeysInUse(db);
  if (held.result !== 'read' || !inUse) throw new Error('no keys');
  house.house.keys.hold(held.ring, inUse);
  const readAll = async () => {
    const rows = await db.selectFrom('people').select(['id', 'work_mailbox']).execute();
    return rows.filter(
      ({ id, work_mailbox: sealed }) => sealed && id.startsWith('p') && opens(sealing, id, sealed),
    );
  };
  expect(await readAll()).toHaveLength(many);
  await startServer({ folder: house.folder, env });
  await until('all is sealed anew', () => isAllSealed(db));
  expect(await readAll()).toHaveLength(many);
});

type Sealing = TestHouse['deps']['secrets']['sealing'];

function opens(sealing: Sealing, id: string, sealed: string): boolean {
  return sealing.open(sealed, peopleBinding(id, 'work_mailbox')) === `${id}@example.org`;
}

function personRow(id: string, deps: TestHouse['deps']) {
  const mailbox = { workMailbox: `${id}@example.org`, officePhone: null };
  return newPersonRow(deps, id, { userName: id, displayName: id, language: null, ...mailbox });
}

async function sealedNow(db: Db): Promise<number> {
  const inUse = await readKeysInUse(db);
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from people where ${isSealedWith('work_mailbox', inUse?.data ?? '')}`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}

test('every column that holds something sealed is among those that are sealed anew', async () => {
  const folder = join(import.meta.dirname, '../../src/store/tables');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const columns = texts.flatMap((text) =>
    [...text.matchAll(/^ {2}(\w+): Sealed\b/gm)].map(([, name]) => name),
  );
  // That of a session is sealed with the sessions' key.
  const own = sealedColumns.map(({ column }) => column);
  expect(columns.filter((name) => name !== 'data').toSorted()).toEqual(own.toSorted());
});
