import { expect, onTestFinished, test } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { findPerson } from '../../src/people/person.ts';
import { synchronise } from '../../src/synchronisation/synchronise.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { signIn, wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse } from '../helpers/test-house.ts';

const office = '+31 20 794 0000';

async function open(env: Record<string, string> = {}) {
  const slapd = await startSlapd();
  onTestFinished(slapd.close);
  const house = await openTestHouse({ env: { ...slapd.env, ...env } });
  await slapd.addPerson('jan', { officePhone: office });
  const look = () => synchronise(house.deps, { whole: true, stop: new AbortController().signal });
  await look();
  const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'anna'));
  const door = adminApi(house.deps);
  async function ask(method: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const answer = await door.request(path, init);
    return { status: answer.status, text: await answer.text() };
  }
  const person = () => findPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, 'jan');
  return { slapd, house, ask, look, person };
}

needs(...slapdPrograms)('administrators of people who stand in a directory', () => {
  test('what the directory decides is refused, and what is only here is changed', async () => {
    const { slapd, ask, person } = await open();
    const before = [await person(), await slapd.read('jan')];
    const refused = [
      ['POST', '/people', { userName: 'piet', displayName: 'Piet' }],
      ['PATCH', '/people/jan', { displayName: 'Johan' }],
      ['PATCH', '/people/jan', { workMailbox: 'jan@example.org' }],
      ['PATCH', '/people/jan', { disabled: true }],
      ['PATCH', '/people/jan', { officePhone: '020 794 0001' }],
      ['PATCH', '/people/jan', { officePhone: null }],
      ['PUT', '/groups/staff/members/jan', {}],
      ['DELETE', '/groups/staff/members/jan', undefined],
    ] as const;
    for (const [method, path, body] of refused) {
      const { status, text } = await ask(method, path, body);
      expect(status, `${method} ${path} ${text}`).toBe(409);
      expect(text).toContain('directory-owns');
    }
    expect([await person(), await slapd.read('jan')]).toEqual(before);
    expect((await ask('PATCH', '/people/jan', { language: 'en' })).status).toBe(200);
    expect(await person()).toMatchObject({ language: 'en' });
  });

  test('where the configuration lets them, an office phone is written into the directory', async () => {
    const { slapd, ask, look, person } = await open({ DIRECTORY_OFFICE_PHONE: 'writable' });
    const { status, text } = await ask('PATCH', '/people/jan', { officePhone: '020 794 0001 toestel 12' });
    expect(status, text).toBe(200);
    expect((await slapd.read('jan')).telephoneNumber).toEqual(['+31 20 794 0001 ext. 12']);
    expect(await person()).toMatchObject({ officePhone: { number: '+31207940001', extension: '12' } });
    expect(await look()).toMatchObject({ changed: 0, same: 1 });
    expect((await ask('PATCH', '/people/jan', { officePhone: null })).status).toBe(200);
    expect((await slapd.read('jan')).telephoneNumber).toBeUndefined();
  });

  test('an office phone that is no number is shown as it stands, and offers nothing', async () => {
    const { slapd, house, ask, look, person } = await open();
    await slapd.change(slapd.dnOf('jan'), 'replace', { telephoneNumber: ['via de receptie'] });
    await look();
    await look();
    expect(await person()).toMatchObject({ officePhone: null, officePhoneText: 'via de receptie' });
    const browser = await signIn(house, 'jan');
    const words = wordsOn(browser);
    const row = browser.row(words.methods.names['office-phone']);
    expect(row).toContain('via de receptie');
    expect(row).toContain(words.register.states['unreadable-office-phone']);
    await browser.open('/register/office-phone');
    expect(browser.path).toBe('/register');
    await browser.open('/account');
    expect(browser.text).toContain(words.account.facts.officePhone('via de receptie'));
    const revealed = await ask('POST', '/people/jan/reveal', { method: 'office-phone' });
    expect(revealed.text).toContain('via de receptie');
    await slapd.change(slapd.dnOf('jan'), 'replace', { telephoneNumber: [office] });
    await look();
    expect(await person()).toMatchObject({ officePhone: { number: '+31207940000' }, officePhoneText: null });
  });
});
