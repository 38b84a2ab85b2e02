import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearSignInLock, raiseSignInLock } from '../../src/limits/sign-in-lock.ts';
import type { Database } from '../../src/store/schema.ts';
import { openTestDatabase } from '../helpers/database.ts';

const minute = 60_000;
let db: Database;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.destroy());

async function fail(times: number, at: number, subject = 'name:jan'): Promise<void> {
  for (let count = 0; count < times; count += 1)
    expect(await raiseSignInLock(db, at, subject)).toEqual({ result: 'open' });
}

test('S36 ten wrong passwords are free, then the name rests for 1, 2, 4, 8, 15 and again 15 minutes', async () => {
  await fail(10, 0);
  let now = 0;
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    const until = now + minutes * minute;
    expect(await raiseSignInLock(db, now, 'name:jan')).toEqual({ result: 'locked', until });
    expect(await raiseSignInLock(db, until - 1, 'name:jan')).toEqual({ result: 'locked', until });
    now = until;
    expect(await raiseSignInLock(db, now, 'name:jan'), `after ${minutes} minutes`).toEqual({
      result: 'open',
    });
  }
});

test('tries while it rests count nothing, so that nobody can be kept out for ever', async () => {
  await fail(10, 0);
  for (let count = 0; count < 100; count += 1) await raiseSignInLock(db, 1, 'name:jan');
  expect(await raiseSignInLock(db, minute, 'name:jan')).toEqual({ result: 'open' });
  expect(await raiseSignInLock(db, minute, 'name:jan')).toEqual({ result: 'locked', until: 3 * minute });
});

test('a right password begins anew, and another name is not touched', async () => {
  await fail(9, 0);
  await clearSignInLock(db, 'name:jan');
  await fail(10, 0);
  expect(await raiseSignInLock(db, 0, 'name:jan')).toMatchObject({ result: 'locked' });
  await fail(10, 0, 'name:sam');
});

test('S29 ten tries get through when fifty come at once', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => raiseSignInLock(db, 5, 'name:jan')));
  expect(all.filter(({ result }) => result === 'open')).toHaveLength(10);
});
