import { expect, onTestFinished, test } from 'vitest';
import { findPerson } from '../../src/people/person.ts';
import { synchronise } from '../../src/synchronisation/synchronise.ts';
import { needs } from '../helpers/needs.ts';
import { type SlapdWanted, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

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
});
