import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from '../../src/people/write-person.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { typeCommand } from './type-command.ts';

let house: AdminHouse;
let second: string;

beforeAll(async () => {
  house = await openAdminHouse();
  second = await house.signIn('bea');
  const people = [
    ['zjansen', 'Zoë Jansen'],
    ['abakker', 'Anna Bakker'],
    ['azoe', 'Anna-Zoë Smit'],
  ] as const;
  for (const [userName, displayName] of people)
    await addPerson(
      house.deps,
      {
        userName,
        displayName,
        language: null,
        workMailbox: `${userName}@example.org`,
        officePhone: { number: '+31207940000', extension: '12' },
        groups: [],
      },
      { actor: { kind: 'system' }, password: 'correct horse battery' },
    );
});
afterAll(() => house.close());

const type = (...args: string[]) => typeCommand(house.dataDir, args);
const typeAs = (token: string, ...args: string[]) =>
  typeCommand(house.dataDir, args, { LANG: 'en_GB.UTF-8', SPAREKEY_ADMIN_TOKEN: token });

describe('people find', () => {
  it('finds by the beginnings of names, as a table and as JSON', async () => {
    const table = await type('people', 'find', 'zoe', 'jan');
    expect(table).toMatchObject({ code: 0, said: '' });
    expect(table.out).toContain('zjansen');
    expect(table.out).not.toContain('azoe');
    const json = await type('people', 'find', 'zoe', '--format', 'json');
    const found: { userName: string }[] = JSON.parse(json.out);
    expect(found.map(({ userName }) => userName).toSorted()).toEqual(['azoe', 'zjansen']);
  });

  it('lists who stands in one way', async () => {
    const all = await type('people', 'list', '--standing', 'enabled', '--format', 'json');
    expect(JSON.parse(all.out)).toHaveLength(3);
    const nobody = await type('people', 'list', '--standing', 'able-to-reset');
    expect(nobody).toEqual({ code: 0, out: '', said: 'Nobody stands so.\n' });
    const wrong = await type('people', 'list', '--standing', 'everywhere');
    expect(wrong).toMatchObject({ code: 2, said: expect.stringContaining('partly-registered, filled-in') });
  });

  it('says when there are more, and when there is nobody', async () => {
    const more = await type('people', 'find', 'zoe', '--limit', '1', '--format', 'json');
    expect(JSON.parse(more.out)).toHaveLength(1);
    expect(more.said).toContain('more than 1');
    const none = await type('people', 'find', 'xyz');
    expect(none).toMatchObject({ code: 0, out: '' });
    expect(none.said).toContain('Nobody found');
    expect((await type('people', 'find', 'z', '--limit', 'many')).code).toBe(2);
  });
});

describe('people, one at a time', () => {
  it('shows a card of what holds now, in both languages', async () => {
    expect((await type('people', 'demand', 'zjansen')).code).toBe(0);
    const shown = await type('people', 'show', 'zjansen');
    expect(shown.out).toMatch(/Overdue +asked by an administrator, since 2026-11-01 \(overdue today\)/);
    expect(shown.out).toContain('number ending in 00, extension 12');
    expect(Math.max(...shown.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const dutch = await type('people', 'show', 'zjansen', '--lang', 'nl');
    expect(dutch.out).toMatch(/Te laat +gevraagd door een beheerder, sinds 2026-11-01/);
  });

  it('reveals one number: alone in the output', async () => {
    const { out, said, code } = await type('people', 'reveal', 'zjansen', 'office-phone');
    expect({ out, said, code }).toEqual({ out: '+31207940000 extension 12\n', said: '', code: 0 });
    expect(await type('people', 'reveal', 'zjansen', 'authentication-phone')).toMatchObject({
      code: 1,
      out: '',
    });
    const unknown = await type('people', 'reveal', 'zjansen', 'fax');
    expect(unknown.code).toBe(2);
    expect(unknown.said).toContain('authentication-phone, authentication-email');
  });

  it('unlocks, disables, enables and lifts a block; refuses who is not there', async () => {
    for (const verb of ['unlock', 'disable', 'enable', 'lift-block'])
      expect(await type('people', verb, 'abakker'), verb).toMatchObject({ code: 0, out: '' });
    expect(await type('people', 'unlock', 'nobody')).toMatchObject({
      code: 1,
      said: expect.stringContaining('We do not know this user name'),
    });
    expect(await type('people', 'remove-method', 'abakker', 'security-questions')).toMatchObject({ code: 1 });
    expect((await type('people', 'unlock')).code).toBe(2);
  });

  it('says of a lifted block that the password may be known, and what to do', async () => {
    const lifted = await type('people', 'lift-block', 'zjansen');
    expect(lifted.said.split('\n')).toEqual([
      'The block of zjansen is lifted.',
      expect.stringMatching(
        /^Whoever knows the password of zjansen .*access-code request zjansen --reason WHY$/,
      ),
      '',
    ]);
  });

  it('changes a person only as it was looked at', async () => {
    const { out } = await type('people', 'show', 'abakker', '--format', 'json');
    const { revision }: { revision: number } = JSON.parse(out);
    const set = (...more: string[]) => type('people', 'set', 'abakker', '--language', 'nl', ...more);
    expect((await set('--based-on', String(revision))).code).toBe(0);
    const late = await set('--based-on', String(revision));
    expect(late.code).toBe(1);
    expect(late.said).toContain('Somebody else has changed this person');
  });
});

describe('people access-code', () => {
  it('is requested, approved by another and collected; the code alone is in the output', async () => {
    const requested = await type('people', 'access-code', 'request', 'azoe', '--reason', 'lost phone');
    expect(requested).toMatchObject({ code: 0, out: '' });
    expect(requested.said).toContain('Another administrator has to approve it');
    const own = await type('people', 'access-code', 'approve', 'azoe');
    expect(own).toMatchObject({ code: 1, said: expect.stringContaining('another administrator') });
    const listed = await type('people', 'access-code', 'list');
    expect(listed.out).toMatch(/azoe +waiting for approval +anna +2026-11-04 12:00 UTC +lost phone/);
    const approved = await typeAs(second, 'people', 'access-code', 'approve', 'azoe');
    expect(approved).toMatchObject({ code: 0, said: expect.stringContaining('anna can collect it') });
    const collected = await type('people', 'access-code', 'collect', 'azoe');
    expect(collected.out).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}\n$/);
    expect(collected.said).toContain('until 2026-11-02 12:00 UTC');
    expect(await type('people', 'access-code', 'collect', 'azoe')).toMatchObject({ code: 1, out: '' });
    expect(await type('people', 'access-code', 'cancel', 'azoe')).toMatchObject({ code: 0 });
    expect((await type('people', 'access-code', 'collect', 'azoe')).said).toContain('not there');
  });

  it('wants a step and a reason', async () => {
    expect((await type('people', 'access-code')).code).toBe(2);
    expect((await type('people', 'access-code', 'request', 'azoe')).code).toBe(2);
  });
});

describe('groups', () => {
  it('take people in and let them out', async () => {
    expect((await type('groups', 'list')).said).toContain('no groups yet');
    const added = await type('groups', 'add', 'Staff & more', 'zjansen', 'abakker');
    expect(added).toMatchObject({ code: 0, out: '' });
    expect((await type('groups', 'list')).out).toMatch(/Staff & more +2/);
    const members = await type('groups', 'members', 'Staff & more', '--format', 'json');
    expect(JSON.parse(members.out)).toMatchObject([{ userName: 'abakker' }, { userName: 'zjansen' }]);
    expect((await type('groups', 'remove', 'Staff & more', 'zjansen')).code).toBe(0);
    expect(JSON.parse((await type('groups', 'list', '--format', 'json')).out)).toEqual([
      { name: 'Staff & more', members: 1 },
    ]);
    expect((await type('groups', 'add', 'Staff')).code).toBe(2);
    expect((await type('groups', 'add', 'Staff', 'nobody')).code).toBe(1);
  });

  it('explain themselves with examples, within 80 columns, in both languages', async () => {
    for (const lang of ['nl', 'en'])
      for (const command of ['people', 'groups']) {
        const { out, code } = await type(command, '--help', '--lang', lang);
        expect(code).toBe(0);
        expect(out).toMatch(/(Voorbeelden|Examples):/);
        expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
      }
  });
});
