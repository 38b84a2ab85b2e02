import { existsSync } from 'node:fs';
import { BadConfig, type Config, readProcessConfig } from '../config/config.ts';
import { readKeysInUse } from '../rotation/in-use.ts';
import { holdsKeysInUse } from '../secrets/held-keys.ts';
import { type KeyRing, readKeyRing } from '../secrets/key-ring.ts';
import { KeysUnfit } from '../secrets/open-key-ring.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/schema.ts';
import type { Command } from './command.ts';
import type { Opened, Step } from './keys/opened.ts';
import { add, use } from './keys/replace.ts';
import { retire } from './keys/retire.ts';
import { show } from './keys/show.ts';

async function readRing({ keyRingFile }: Config): Promise<KeyRing> {
  const read = await readKeyRing(keyRingFile);
  if (read.result === 'unreadable') throw new KeysUnfit(read.why);
  if (read.result === 'missing')
    throw new KeysUnfit(`There are no keys in ${keyRingFile}: set DATA_DIR as for the server.`);
  return read.ring;
}

async function look(config: Config, db: Database): Promise<Opened> {
  const ring = await readRing(config);
  const inUse = await readKeysInUse(db);
  if (inUse === undefined || !holdsKeysInUse(ring, inUse))
    throw new KeysUnfit(
      inUse === undefined
        ? 'This database does not say which keys are in use: start this version of Sparekey first.'
        : `A key in use is not in ${config.keyRingFile}: copy the ring of another node here.`,
    );
  return { config, db, ring, inUse };
}

/** The step that these words ask for; undefined when they are typed wrongly. */
function stepOf([name, flag, count, ...more]: readonly string[]): Step | undefined {
  if (name === 'retire' && flag === '--leave-broken')
    return more.length === 0 && /^[1-9]\d{0,8}$/.test(count ?? '') ? retire(Number(count)) : undefined;
  if (flag !== undefined) return undefined;
  switch (name) {
    case undefined:
      return show;
    case 'add':
      return add;
    case 'use':
      return use;
    case 'retire':
      return retire(0);
    default:
      return undefined;
  }
}

/** `sparekey keys [add | use | retire]`: looks at the keys, and replaces them while the server runs. */
export const keys: Command = async (call) => {
  const step = stepOf(call.args);
  if (step === undefined) {
    call.say(
      'sparekey keys, sparekey keys add, sparekey keys use, or sparekey keys retire [--leave-broken N]',
    );
    return 2;
  }
  process.umask(0o077);
  const config = readProcessConfig();
  if (config.databaseUrl === undefined && !existsSync(config.databaseFile))
    throw new BadConfig([`There is no database at ${config.databaseFile}: set DATA_DIR as for the server.`]);
  const db = openDatabase(config, { onBroken: () => {} });
  try {
    return await step(await look(config, db), call);
  } finally {
    await db.destroy();
  }
};
