import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { findPeople } from '../../src/people/find-people.ts';
import {
  ensureSearchKeys,
  foldedWords,
  foldName,
  searchKeysOf,
  writeSearchKeysOf,
} from '../../src/people/search-keys.ts';
import { nextKeys } from '../../src/people/search-scan.ts';
import type { Database } from '../../src/store/schema.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { planOf } from '../helpers/plan.ts';

describe('the keys of a person', () => {
  test('are the folded words, the whole name and the user name', () => {
    expect(searchKeysOf({ userName: 'z.oneil', displayName: 'Zoë-Anne O’Neil (HR)' }).toSorted()).toEqual(
      ['anne', 'hr', 'neil', 'o', "o'neil", 'z.oneil', 'zoe', 'zoe-anne', "zoe-anne o'neil hr"].toSorted(),
    );
  });

  test('fold case, marks and the letters that have no mark of their own', () => {
    expect(foldName('ÉLODIE Bjørn Łukasz Straße Iİı Ἀλέξανδρος')).toBe(
      'elodie bjorn lukasz strasse iii αλεξανδροσ',
    );
  });

  test('are few and short, however long the name', () => {
    const keys = searchKeysOf({ userName: 'x', displayName: 'ab '.repeat(60) + 'é'.repeat(300) });
    expect(keys.length).toBeLessThanOrEqual(24);
    expect(Math.max(...keys.map((key) => [...key].length))).toBeLessThanOrEqual(64);
    expect(foldedWords(` ,"' () `)).toEqual([]);
  });
});

const firstNames = ['Anna', 'Zoë', 'Jan', 'Willem', 'Sofie', 'Bjørn', 'Fatima', 'Ömer', 'Chloé', 'Tom'];
const lastNames = ['de Vries', 'Jansen', 'Bakker', 'O’Neil', 'Çelik', 'van den Berg', 'Müller', 'Peeters'];

/** 20,000 people: name n has the n-th first name, and a last name that changes more slowly. */
function everybody() {
  return Array.from({ length: 20_000 }, (_, n) => ({
    id: `id${n}`,
    userName: `p${String(n).padStart(5, '0')}`,
    displayName: `${firstNames[n % 10]} ${lastNames[Math.floor(n / 10) % 8]}`,
  }));
}

describe('searching among 20,000 people', () => {
  let db: Database;

  beforeAll(async () => {
    db = await openTestDatabase();
    await db.transaction().execute(async (tx) => {
      const people = everybody();
      for (let at = 0; at < people.length; at += 500) {
        const some = people.slice(at, at + 500);
        const rows = some.map((one) => ({
          id: one.id,
          user_name: one.userName,
          display_name: one.displayName,
          appeared_at: 0,
          session_epoch: 0,
          proven_methods: 0,
          question_count: 0,
        }));
        await tx.insertInto('people').values(rows).execute();
        await writeSearchKeysOf(tx, some);
      }
    });
    await sql`analyze`.execute(db);
    return () => db.destroy();
  });

  const find = async (search: string, limit = 50, after = '') => {
    const page = await findPeople(db, { search, after, limit });
    if (!page) throw new Error('no page');
    return page;
  };

  async function findAll(search: string, limit: number): Promise<string[]> {
    const names: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page = await find(search, limit, next);
      names.push(...page.people.map(({ userName }) => userName));
      next = page.next;
    }
    return names;
  }

  test('goes by the index, first page and later ones alike, and sorts nothing', async () => {
    for (const after of [null, { key: 'jansen', userName: 'p00100' }]) {
      const plan = await planOf(db, nextKeys(db, { prefix: 'jan', after }));
      expect(plan).toMatch(/(Index Only Scan using|COVERING INDEX) search_keys_prefix/);
      expect(plan).not.toMatch(/SCAN |Seq Scan|Sort|TEMP B-TREE/);
    }
  });

  test('finds a name without its marks, and with them', async () => {
    for (const typed of ['zoe', 'Zoë', 'ZOE', 'zo', 'celik', 'Çel', 'bjorn', 'omer', "o'neil", 'o’neil'])
      expect((await find(typed)).people.length, typed).toBe(50);
    expect((await find('zoe celik')).people[0]?.displayName).toBe('Zoë Çelik');
  });

  test('wants every word, in any order', async () => {
    const expected = everybody()
      .filter(({ displayName }) => displayName === 'Anna van den Berg')
      .map(({ userName }) => userName);
    for (const typed of ['anna berg', 'berg anna', 'ber ann', 'anna van den berg', 'den van anna'])
      expect((await findAll(typed, 100)).toSorted(), typed).toEqual(expected);
  });

  test('pages through everyone once, whatever the size of the page', async () => {
    const expected = everybody()
      .filter(({ displayName }) => displayName.startsWith('Jan') || displayName.endsWith('Jansen'))
      .map(({ userName }) => userName);
    for (const limit of [7, 100, 500]) {
      const names = await findAll('jan', limit);
      expect(names.toSorted(), String(limit)).toEqual(expected);
    }
  }, 20_000);

  test('gives whole names that begin with the text first', async () => {
    const { people } = await find('jan jansen', 500);
    expect(people.slice(0, 250).every(({ displayName }) => displayName === 'Jan Jansen')).toBe(true);
  });

  test('finds one by the user name', async () => {
    const { people, next } = await find('P19999');
    expect(people.map(({ userName }) => userName)).toEqual(['p19999']);
    expect(next).toBeNull();
  });

  test('says nobody for nobody, and ends bounded work with a place to go on', async () => {
    expect(await find('xyz')).toEqual({ people: [], next: null });
    expect(await find('"\'%_')).toEqual({ people: [], next: null });
    const first = await find('p0 xyz anna');
    expect(first).toEqual({ people: [], next: null });
    const hard = await find('p1 anna jansen', 1);
    expect(hard.people.length).toBeLessThanOrEqual(1);
    expect(await findAll('p1 anna jansen', 50)).toHaveLength(125);
  });

  test('refuses a place that is none', async () => {
    for (const after of ['x', 'null', Buffer.from('[2,"a","b"]').toString('base64url')])
      expect(await findPeople(db, { search: 'jan', after, limit: 5 }), after).toBeUndefined();
  });
});

test('people from before there were keys get them at the start, once', async () => {
  const db = await openTestDatabase();
  const names = ['ann', 'bob'];
  const rows = names.map((name) => ({
    id: name,
    user_name: name,
    display_name: `Zoë ${name}`,
    appeared_at: 0,
  }));
  const nothing = { session_epoch: 0, proven_methods: 0, question_count: 0 };
  await db
    .insertInto('people')
    .values(rows.map((row) => ({ ...row, ...nothing })))
    .execute();
  const found = async () => (await findPeople(db, { search: 'zoe', after: '', limit: 9 }))?.people.length;
  expect(await found()).toBe(0);
  await ensureSearchKeys(db);
  expect(await found()).toBe(2);
  await db.deleteFrom('search_keys').execute();
  await ensureSearchKeys(db);
  expect(await found()).toBe(0);
  await db.destroy();
});
