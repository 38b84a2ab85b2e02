import { join } from 'node:path';
import { expect } from 'vitest';
import { followKeys } from '../../src/rotation/follow.ts';
import { readKeysInUse, writeKeysInUse } from '../../src/rotation/in-use.ts';
import { sealAnew } from '../../src/rotation/seal-anew.ts';
import type { Db } from '../../src/store/schema.ts';
import { type ServerWanted, spawnServer } from '../helpers/server.ts';
import { hour, type TestHouse } from '../helpers/test-house.ts';

/** Where the key ring of a house in this folder stands. */
export const ringOf = (folder: string) => join(folder, 'data/keys/ring.json');

/** Runs `sparekey keys …` as a process of its own. */
export function keys(folder: string, ...args: string[]) {
  return sparekey({ folder }, ['keys', ...args]);
}

/** Runs any `sparekey …` as a process of its own. */
export async function sparekey(where: Pick<ServerWanted, 'folder' | 'env'>, args: readonly string[]) {
  const child = await spawnServer({ ...where, args });
  const code = await child.ended;
  expect(child.said(), 'said in words, without a stack').not.toMatch(/^\s+at /m);
  return { code, said: child.said() };
}

/** Lets the last session from before the keys in use have ended. */
export async function passSessions(db: Db): Promise<void> {
  const inUse = await readKeysInUse(db);
  if (!inUse) throw new Error('no keys in use');
  await writeKeysInUse(db, { ...inUse, since: inUse.since - 9 * hour });
}

/** Does at once what a node does every few seconds: takes in its keys, and seals anew; on the clock of the commands. */
export async function followAndSeal({ deps, house, clock }: TestHouse): Promise<void> {
  clock.now = Math.max(clock.now, Date.now());
  await followKeys(deps, house.keys);
  await sealAnew(deps, house.keys, new AbortController().signal);
}

/** A whole rotation up to where the old keys can be retired. */
export async function rotateAtOnce(house: TestHouse, env: Record<string, string> = {}): Promise<void> {
  for (const step of ['add', 'use']) {
    const { code, said } = await sparekey({ folder: house.folder, env }, ['keys', step]);
    expect(code, said).toBe(0);
    await followAndSeal(house);
  }
  await passSessions(house.deps.db);
}
