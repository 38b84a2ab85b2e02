import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { startHousekeeping } from '../../src/housekeeping.ts';
import { findPerson } from '../../src/people/person.ts';
import { synchronise } from '../../src/synchronisation/synchronise.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { databaseEnv, dropDatabase } from '../helpers/database.ts';
import { proveMail, signIn, wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { spawnServer } from '../helpers/server.ts';
import { type Slapd, type SlapdWanted, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { day, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { lookAt } from './look-at.ts';

const never = new AbortController().signal;

async function open(wanted: SlapdWanted = {}, env: Record<string, string> = {}) {
  const slapd = await startSlapd(wanted);
  onTestFinished(slapd.close);
  const house = await openTestHouse({ env: { ...slapd.env, ...env } });
  return { slapd, house };
}

function personOf({ deps }: TestHouse, userName: string) {
  return findPerson({ db: deps.db, sealing: deps.secrets.sealing }, userName);
}

const look = (house: TestHouse, whole = false) => synchronise(house.deps, { whole, stop: never });

needs(...slapdPrograms)('following the directory', () => {
  test('brings who is there, with phone, mailbox and groups; then only what changed', async () => {
    const { slapd, house } = await open({ entries: 1200 });
    await slapd.addPerson('jan', {
      displayName: 'Jan Vos',
      mail: 'jan@example.org',
      officePhone: '+31 20 794 0000 ext. 12',
    });
    await slapd.setGroup('staff', ['jan']);
    expect(await look(house)).toMatchObject({
      result: 'done',
      whole: true,
      added: 1201,
      gone: 0,
      unusable: 0,
    });
    expect(await personOf(house, 'jan')).toMatchObject({
      displayName: 'Jan Vos',
      workMailbox: 'jan@example.org',
      officePhone: { number: '+31207940000', extension: '12' },
      groups: ['staff'],
      disabledAt: null,
    });
    const again = await look(house, true);
    expect(again).toMatchObject({ result: 'done', added: 0, changed: 0, same: 1201 });
  });

  test('a new name and another phone follow their person; who is gone is disabled, and comes back', async () => {
    const { slapd, house } = await open();
    await slapd.addPerson('jan', { displayName: 'Jan Vos', officePhone: '+31 20 794 0000' });
    await slapd.addPerson('piet');
    await look(house);
    const before = await personOf(house, 'jan');
    await slapd.asRoot((client) => client.modifyDN(slapd.dnOf('jan'), slapd.dnOf('johan')));
    await slapd.change(slapd.dnOf('johan'), 'replace', { telephoneNumber: ['geheim nummer'] });
    await slapd.removePerson('piet');
    expect(await look(house, true)).toMatchObject({ changed: 1, gone: 1 });
    const after = await personOf(house, 'johan');
    expect(after).toMatchObject({ id: before?.id, officePhone: null, officePhoneText: 'geheim nummer' });
    expect(await personOf(house, 'jan')).toBeUndefined();
    expect((await personOf(house, 'piet'))?.disabledAt).not.toBeNull();
    // Another person with a name that somebody gone had gets nothing of theirs.
    await slapd.addPerson('piet', { displayName: 'Een andere Piet' });
    const gone = await personOf(house, 'piet');
    expect(await look(house, true)).toMatchObject({ added: 1 });
    const other = await personOf(house, 'piet');
    expect(other?.displayName).toBe('Een andere Piet');
    expect(other?.id).not.toBe(gone?.id);
  });

  test('who is gone is noticed when only changes are looked at, too', async () => {
    const { slapd, house } = await open({ entries: 3 });
    await slapd.addPerson('piet');
    expect(await look(house)).toMatchObject({ whole: true, added: 4 });
    expect(await look(house)).toMatchObject({ whole: false, gone: 0 });
    await slapd.addPerson('kees');
    expect(await look(house)).toMatchObject({ whole: false, added: 1, gone: 0 });
    await slapd.removePerson('piet');
    expect(await look(house)).toMatchObject({ whole: true, gone: 1 });
    expect((await personOf(house, 'piet'))?.disabledAt).not.toBeNull();
    expect(await look(house)).toMatchObject({ whole: false, gone: 0 });
  });

  test('somebody whom the directory lists twice on a page is one person', async () => {
    const { slapd, house } = await open();
    await slapd.addPerson('jan');
    await slapd.setGroup('staff', ['jan']);
    const { deps } = house;
    const { elsewhere } = deps.directory;
    if (!elsewhere) throw new Error('no directory');
    const twice = {
      ...elsewhere,
      async *listAccounts(wanted: Parameters<typeof elsewhere.listAccounts>[0]) {
        for await (const page of elsewhere.listAccounts(wanted)) yield [...page, ...page];
      },
    };
    const directory = { ...deps.directory, elsewhere: twice };
    for (const outcome of [{ added: 1 }, { added: 0, gone: 0 }])
      expect(await synchronise({ ...deps, directory }, { whole: true, stop: never })).toMatchObject(outcome);
    expect(await deps.db.selectFrom('people').select('user_name').execute()).toEqual([{ user_name: 'jan' }]);
  });

  test('it can be stopped between two pages and goes on later; one does it at a time', async () => {
    const { house } = await open({ entries: 1600 });
    const stopping = new AbortController();
    const stopped = await synchronise(house.deps, {
      whole: false,
      stop: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    expect(stopped).toMatchObject({ result: 'stopped', gone: 0 });
    const both = await Promise.all([look(house), look(house)]);
    expect(both.map(({ result }) => result).toSorted()).toEqual(['done', 'under-way']);
    const { count } = await house.deps.db
      .selectFrom('people')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(1600);
  });

  test('a mobile number is filled in where people consented, and proves nothing', async () => {
    const env = { DIRECTORY_FILL_IN: 'mobile', DIRECTORY_CONSENT: 'signed with the contract' };
    const { slapd, house } = await open({}, env);
    await slapd.addPerson('jan', { mobile: '06 12345678' });
    await look(house);
    await look(house, true);
    const rows = await house.deps.db.selectFrom('registrations').selectAll().execute();
    expect(rows).toMatchObject([{ method: 'authentication-phone', proven_at: null }]);
    expect(rows[0]?.consent).toContain('signed with the contract');
    expect((await house.audit()).filter(({ event }) => event === 'method-filled-in')).toHaveLength(1);
  });

  test('an address beside the one for work is filled in too; its owner checks it, and then it is theirs', async () => {
    const env = {
      DIRECTORY_FILL_IN: 'otherMail',
      DIRECTORY_CONSENT: 'form of the first day',
      DIRECTORY_ATTRIBUTES: 'otherMail=employeeType',
    };
    const { slapd, house } = await open({}, env);
    await house.setPolicy({ ownMailDomains: ['example.org'] });
    const own = 'jan.vos@example.com';
    for (const [userName, other] of [
      ['jan', own],
      ['kees', 'kees@example.org'],
      ['lien', 'geen adres'],
    ] as const) {
      await slapd.addPerson(userName, { mail: `${userName}@example.org` });
      await slapd.change(slapd.dnOf(userName), 'replace', { employeeType: [other] });
    }
    await look(house);
    // Not an address at work, nor what is none.
    const read = () =>
      house.deps.db.selectFrom('registrations').select(['method', 'proven_at', 'consent']).execute();
    const before = await read();
    expect(before).toMatchObject([{ method: 'authentication-email', proven_at: null }]);
    expect(before[0]?.consent).toContain('form of the first day');
    const browser = await signIn(house, 'jan');
    const words = wordsOn(browser);
    const row = () => browser.row(words.methods.names['authentication-email']);
    expect(row()).toContain(words.register.states['filled-in']);
    await proveMail(house, browser, own);
    expect(row()).toContain(words.register.states.ready);
    await slapd.change(slapd.dnOf('jan'), 'replace', { employeeType: ['een.ander@example.com'] });
    await look(house, true);
    const after = await read();
    expect(after).toHaveLength(1);
    expect(after[0]?.proven_at).not.toBeNull();
    await browser.open('/register');
    expect(row()).toContain(words.register.states.ready);
  });
});

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const named = (n: number) => `p${String(n).padStart(6, '0')}`;

async function countDisabled({ deps }: TestHouse): Promise<number> {
  const rows = deps.db.selectFrom('people').select('id').where('disabled_at', 'is not', null);
  return (await rows.execute()).length;
}

/** Removes so many of the people to begin with, and adds as many others as are asked for. */
async function replaceMany(slapd: Slapd, gone: readonly number[], fresh: readonly number[] = []) {
  await slapd.asRoot(async (client) => {
    for (const n of gone) await client.del(slapd.dnOf(named(n)));
    for (const n of fresh)
      await client.add(slapd.dnOf(named(n)), {
        objectClass: ['inetOrgPerson'],
        uid: [named(n)],
        cn: ['Somebody'],
        sn: ['New'],
      });
  });
}

/** Takes the lines that the log was expected to have, as errors. */
function takeErrors({ log }: TestHouse, words: string): string[] {
  const found = log.filter((line) => line.includes(words));
  log.splice(0, log.length, ...log.filter((line) => !line.includes(words)));
  return found;
}

needs(...slapdPrograms)('a directory that loses most of its people at once', () => {
  test('nobody of them is disabled, the rest goes on, and everybody who should know is told how to confirm it', async () => {
    const { slapd, house } = await open({ entries: 30 });
    const anna = await addAdministrator(house.deps, 'anna', { mail: 'anna@example.org' });
    await look(house);
    house.wait(day);
    // As many new ones as there were before: that does not make the loss any smaller.
    await replaceMany(slapd, numbers(0, 25), numbers(30, 60));
    await slapd.change(slapd.dnOf(named(29)), 'replace', { cn: ['Anders'] });
    const held = { missing: 25, of: 30 };
    expect(await look(house)).toMatchObject({ result: 'done', gone: 0, held, added: 30, changed: 1 });
    expect(await countDisabled(house)).toBe(0);

    const mails = await house.newMessages();
    expect(mails.map(({ to, body }) => [to, /25\D+30/.test(body), body.includes('--accept-losses')])).toEqual(
      [[expect.stringContaining('anna@example.org'), true, true]],
    );
    const overview = async () => {
      const headers = { authorization: `Bearer ${await sessionOf(house.deps, anna)}` };
      return (await adminApi(house.deps).request('/overview', { headers })).json();
    };
    const since = new Date(house.clock.now).toISOString();
    expect(await overview()).toMatchObject({ directoryLosses: { ...held, since } });
    const figures = async () => (await house.deps.figures.show()).text;
    expect(await figures()).toMatch(/^sparekey_directory_losses 25$/m);
    const doctor = async () =>
      (
        await lookAt({
          ...slapd.env,
          DATA_DIR: join(house.folder, 'data'),
          ...(await databaseEnv(house.folder)),
        })
      ).join('');
    expect(await doctor()).toMatch(/FAULT {2}Directory: 25 of 30 people .*\n {7}.*--accept-losses 25\n/);

    // It is told again at every look, to the log only, and nobody is lost a day later either.
    const housekeeping = startHousekeeping(house.deps, house.house);
    await expect.poll(() => house.log.filter((line) => line.includes('too many people')).length).toBe(1);
    await housekeeping.stop();
    expect(takeErrors(house, 'too many people')[0]).toContain('"level":50');
    house.wait(2 * day);
    expect(await look(house)).toMatchObject({ whole: true, gone: 0, held: { missing: 25 } });
    expect(await house.newMessages()).toEqual([]);

    const accept = (acceptLosses: number) =>
      synchronise(house.deps, { whole: false, stop: never, acceptLosses });
    expect(await accept(24)).toMatchObject({ gone: 0, held: { missing: 25 } });
    expect(await accept(25)).toMatchObject({ gone: 25, held: null });
    expect(await countDisabled(house)).toBe(25);
    expect(await overview()).toMatchObject({ directoryLosses: null });
    expect(await figures()).toMatch(/^sparekey_directory_losses 0$/m);
    expect(await doctor()).not.toContain('FAULT');
  });

  test('a directory that shows nobody disables nobody, however few they were; shown again, all is as before', async () => {
    const { slapd, house } = await open({ entries: 2 });
    await look(house);
    const { deps } = house;
    // As when a right to read was taken away.
    const config = {
      ...slapd.env,
      DIRECTORY_FILTER: '(employeeType=none)',
      ...(await databaseEnv(house.folder)),
    };
    const blind = await openTestHouse({ env: config, folder: house.folder });
    expect(await look(blind)).toMatchObject({ whole: true, gone: 0, held: { missing: 2, of: 2 } });
    expect(await countDisabled(house)).toBe(0);
    expect(await synchronise(deps, { whole: false, stop: never })).toMatchObject({
      whole: true,
      same: 2,
      held: null,
    });
  });

  test('a loss of fewer, or of less than half, is followed at once', async () => {
    const { slapd, house } = await open({ entries: 50 });
    await look(house);
    await replaceMany(slapd, numbers(0, 24));
    expect(await look(house)).toMatchObject({ gone: 24, held: null });
    await replaceMany(slapd, numbers(24, 44));
    expect(await look(house)).toMatchObject({ gone: 20, held: null });
    expect(await countDisabled(house)).toBe(44);
  });
});

needs(...slapdPrograms)('sparekey directory sync', () => {
  test('tells how far it is, refuses to lose most people, and how that is confirmed; 0, 1 or 2 for scripts', async () => {
    const slapd = await startSlapd({ entries: 1200 });
    onTestFinished(slapd.close);
    const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const env = { ...slapd.env, ...(await databaseEnv(folder)), LOG_LEVEL: 'info' };
    onTestFinished(() => dropDatabase(folder));
    async function sparekey(args: readonly string[], changes: Record<string, string> = {}) {
      const command = await spawnServer({
        folder,
        env: { ...env, ...changes },
        args: ['directory', ...args],
      });
      const code = await command.ended;
      const done: unknown = command.out() === '' ? null : JSON.parse(command.out());
      // The log goes where remarks go, so that scripts read nothing but what came of it.
      const said = command.said().replace(/^\{.*\}\n/gm, '');
      return { code, said, done };
    }
    const first = await sparekey(['sync']);
    expect(first).toMatchObject({ code: 0, done: { result: 'done', added: 1200, held: null } });
    const looked = [500, 1000, 1200].map(
      (n) => `${n} looked at: ${n} new, 0 changed, 0 unusable; \\d+ a second\n`,
    );
    expect(first.said).toMatch(new RegExp(`^${looked.join('')}$`));
    const none = { DIRECTORY_FILTER: '(employeeType=none)' };
    const blind = await sparekey(['sync', '--whole'], none);
    expect(blind).toMatchObject({ code: 1, done: { gone: 0, held: { missing: 1200, of: 1200 } } });
    expect(blind.said).toContain('\n  sparekey directory sync --accept-losses 1200\n');
    expect(await sparekey(['sync', '--accept-losses', '1199'], none)).toMatchObject({
      code: 1,
      done: { gone: 0 },
    });
    const accepted = await sparekey(['sync', '--accept-losses', '1200'], none);
    expect(accepted).toMatchObject({ code: 0, done: { gone: 1200, held: null } });
    expect(accepted.said).not.toContain('missing');
    for (const args of [['sync', '--accept-losses', 'all'], ['follow']])
      expect(await sparekey(args), args.join(' ')).toMatchObject({
        code: 2,
        done: null,
        said: expect.stringMatching(/^sparekey directory sync \[--whole\]/),
      });
  });
});
