import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  for (const [userName, displayName] of named)
    await ask(house, { method: 'POST', path: '/people', body: { userName, displayName } });
});
afterAll(() => house.close());

const named = [
  ['zjansen', 'Zoë Jansen'],
  ['abakker', 'Anna Bakker'],
  ['b.anna', 'Bert van den Berg'],
  ['k.yilmaz', 'Kübra Yılmaz'],
  ['percent', '100% O’Neil'],
] as const;

async function find(search: string, more = ''): Promise<string[]> {
  const found = await ask(house, { path: `/people?search=${encodeURIComponent(search)}${more}` });
  expect(found.status, found.raw).toBe(200);
  const { people }: { people: { userName: string }[] } = Object(found.body);
  return people.map(({ userName }) => userName);
}

describe('searching people as one types', () => {
  it.each([
    ['z', ['zjansen']],
    ['zoe', ['zjansen']],
    ['ZOË  jan ', ['zjansen']],
    ['berg van', ['b.anna']],
    ['b', ['b.anna', 'abakker']],
    ['b.an', ['b.anna']],
    ['yilmaz kub', ['k.yilmaz']],
    ['oneil', []],
    ["o'neil", ['percent']],
    ['neil', ['percent']],
    ['nna', []],
  ])('%j finds %j', async (typed, names) => {
    expect((await find(typed)).toSorted()).toEqual(names.toSorted());
  });

  it('gives everybody when nothing is typed', async () => {
    expect(await find('  ')).toHaveLength(named.length);
  });

  it('goes on where a page ended', async () => {
    const first = await ask(house, { path: '/people?search=b&limit=1' });
    const { people, next }: { people: { userName: string }[]; next: string } = Object(first.body);
    expect(people).toHaveLength(1);
    const rest = await find('b', `&limit=1&after=${encodeURIComponent(next)}`);
    expect([...people.map(({ userName }) => userName), ...rest].toSorted()).toEqual(['abakker', 'b.anna']);
    expect(await ask(house, { path: '/people?search=b&after=zjansen' })).toMatchObject({
      status: 422,
      body: { problem: 'not-valid', field: 'after' },
    });
  });

  it('follows a changed name at once, and forgets the old one', async () => {
    const body = { displayName: 'Zoë de Vries' };
    await ask(house, { method: 'PATCH', path: '/people/zjansen', body });
    expect(await find('vries')).toEqual(['zjansen']);
    expect(await find('jansen')).toEqual([]);
    await ask(house, { method: 'PATCH', path: '/people/zjansen', body: { displayName: 'Zoë Jansen' } });
    expect(await find('jansen')).toEqual(['zjansen']);
  });

  it.each([
    "' OR '1'='1",
    "zoe' --",
    'zoe"; DROP TABLE search_keys; --',
    '%',
    'z%',
    '_oe',
    'zoe\u0000',
    '*)(uid=*',
    '\u{10ffff}',
    '\\',
    '__proto__',
    '[0,"a","b"]',
  ])('S60 %j is only text to look for', async (typed) => {
    const names = await find(typed);
    expect(names.filter((name) => name !== 'zjansen')).toEqual([]);
    expect(await find('anna')).toEqual(expect.arrayContaining(['abakker']));
  });

  it('refuses a text too long to be a name', async () => {
    expect(await ask(house, { path: `/people?search=${'a'.repeat(201)}` })).toMatchObject({
      status: 422,
      body: { field: 'search' },
    });
  });
});
