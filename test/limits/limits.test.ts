import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Counted,
  clearLimit,
  forgetLimits,
  giveBack,
  readLimit,
  takeFromLimits,
} from '../../src/limits/limits.ts';
import type { Database } from '../../src/store/schema.ts';
import { openTestDatabase } from '../helpers/database.ts';

let db: Database;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.destroy());

const three: Counted = { limit: { name: 'three', most: 3, within: 1000 }, subject: 'jan' };

describe('a limit', () => {
  test('slides: so many in any stretch, and says from when one more fits', async () => {
    for (const at of [0, 400, 800])
      expect(await takeFromLimits(db, at, [three])).toEqual({ result: 'taken' });
    const full = { result: 'full', limit: 'three', freeAt: 1000 };
    expect(await takeFromLimits(db, 999, [three])).toEqual(full);
    expect(await readLimit(db, 999, three)).toEqual(full);
    expect(await readLimit(db, 1000, three)).toEqual({ result: 'room' });
    expect(await takeFromLimits(db, 1000, [three])).toEqual({ result: 'taken' });
    expect(await takeFromLimits(db, 1001, [three])).toMatchObject({ freeAt: 1400 });
  });

  test('counts each subject for itself', async () => {
    for (let count = 0; count < 3; count += 1) await takeFromLimits(db, 0, [three]);
    expect(await takeFromLimits(db, 0, [three])).toMatchObject({ result: 'full' });
    expect(await takeFromLimits(db, 0, [{ ...three, subject: 'sam' }])).toEqual({ result: 'taken' });
  });

  test('counts nothing while it is full, and nothing on one when another is full', async () => {
    const one: Counted = { limit: { name: 'one', most: 1, within: 5000 }, subject: 'jan' };
    expect(await takeFromLimits(db, 0, [three, one])).toEqual({ result: 'taken' });
    for (let count = 0; count < 5; count += 1)
      expect(await takeFromLimits(db, 1, [three, one])).toEqual({
        result: 'full',
        limit: 'one',
        freeAt: 5000,
      });
    expect(await takeFromLimits(db, 2, [three])).toEqual({ result: 'taken' });
    expect(await takeFromLimits(db, 3, [three])).toEqual({ result: 'taken' });
    expect(await takeFromLimits(db, 4, [three])).toMatchObject({ result: 'full', limit: 'three' });
  });

  test('tells the latest moment when several are full', async () => {
    const short: Counted = { limit: { name: 'short', most: 1, within: 100 }, subject: 'x' };
    const long: Counted = { limit: { name: 'long', most: 1, within: 900 }, subject: 'x' };
    await takeFromLimits(db, 0, [short, long]);
    expect(await takeFromLimits(db, 1, [long, short])).toEqual({
      result: 'full',
      limit: 'long',
      freeAt: 900,
    });
  });

  test('takes back the newest hit, and nothing where there is none', async () => {
    for (const at of [0, 0, 500]) await takeFromLimits(db, at, [three]);
    await giveBack(db, 600, three);
    expect(await takeFromLimits(db, 600, [three])).toEqual({ result: 'taken' });
    expect(await takeFromLimits(db, 601, [three])).toMatchObject({ freeAt: 1000 });
    await clearLimit(db, three);
    await giveBack(db, 602, three);
    for (let count = 0; count < 3; count += 1)
      expect(await takeFromLimits(db, 603, [three])).toEqual({ result: 'taken' });
    expect(await takeFromLimits(db, 603, [three])).toMatchObject({ result: 'full' });
  });

  test('S29 lets through no more than it allows when all come at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => takeFromLimits(db, 7, [three])));
    expect(all.filter(({ result }) => result === 'taken')).toHaveLength(3);
  });

  test('with slots never frees too early', async () => {
    const house: Counted = {
      limit: { name: 'house', most: 2, within: 1000, slot: 100 },
      subject: 'house',
    };
    await takeFromLimits(db, 10, [house]);
    await takeFromLimits(db, 60, [house]);
    const full = await takeFromLimits(db, 1010, [house]);
    expect(full).toEqual({ result: 'full', limit: 'house', freeAt: 1100 });
    expect(await takeFromLimits(db, 1100, [house])).toEqual({ result: 'taken' });
  });

  test('is forgotten once it counts nothing any more, and not before', async () => {
    await takeFromLimits(db, 0, [three]);
    await forgetLimits(db, 1000);
    expect(await db.selectFrom('limits').selectAll().execute()).toHaveLength(1);
    await forgetLimits(db, 1001);
    expect(await db.selectFrom('limits').selectAll().execute()).toEqual([]);
  });
});
