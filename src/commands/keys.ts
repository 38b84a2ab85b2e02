import { existsSync } from 'node:fs';
import { BadConfig, type Config, readProcessConfig } from '../config/config.ts';
import {
  areNewestInUse,
  bringIntoUse,
  forgetOldKeys,
  withNewKeys,
  withoutOldKeys,
} from '../rotation/change-keys.ts';
import { nodesWithout } from '../rotation/follow.ts';
import { readKeysInUse } from '../rotation/in-use.ts';
import { readProgress } from '../rotation/sealed-columns.ts';
import { whatNeedsOldKeys } from '../rotation/still-needed.ts';
import { holdsKeysInUse, type KeysInUse } from '../secrets/held-keys.ts';
import { type KeyRing, readKeyRing, writeKeyRing } from '../secrets/key-ring.ts';
import { KeysUnfit } from '../secrets/open-key-ring.ts';
import { longestLife } from '../sessions/session-data.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/schema.ts';
import type { Call, Command } from './command.ts';

interface Opened {
  config: Config;
  db: Database;
  ring: KeyRing;
  inUse: KeysInUse;
}

type Step = (opened: Opened, call: Call) => Promise<number>;

async function readRing({ keyRingFile }: Config): Promise<KeyRing> {
  const read = await readKeyRing(keyRingFile);
  if (read.result === 'unreadable') throw new KeysUnfit(read.why);
  if (read.result === 'missing')
    throw new KeysUnfit(`There are no keys in ${keyRingFile}: set DATA_DIR as for the server.`);
  return read.ring;
}

const show: Step = async ({ db, ring, inUse }, { now, say }) => {
  for (const { id, madeAt } of ring.data) {
    const state =
      id === inUse.data ? 'in use' : madeAt > madeAtOf(ring, inUse) ? 'waiting to be used' : 'old';
    say(`${id}  made ${new Date(madeAt).toISOString().slice(0, 10)}  ${state}`);
  }
  for (const { id } of ring.retired ?? []) say(`${id}  retired: opens nothing, only recognises`);
  for (const { table, column, done, total } of await readProgress(db, inUse.data))
    if (total > 0) say(`${table}.${column}: ${done} of ${total} sealed with the key in use`);
  if (ring.data.length > 1 && areNewestInUse(ring, inUse)) await sayNeeds({ db, inUse }, { now, say });
  return 0;
};

function madeAtOf(ring: KeyRing, { data }: KeysInUse): number {
  return ring.data.find(({ id }) => id === data)?.madeAt ?? 0;
}

const add: Step = async ({ config, ring, inUse }, { now, say }) => {
  if (!areNewestInUse(ring, inUse)) {
    say('New keys are waiting already: sparekey keys use.');
    return 1;
  }
  await writeKeyRing(config.keyRingFile, withNewKeys(ring, now));
  say(`New keys stand in ${config.keyRingFile}, not in use yet. Back that file up, and copy it to every`);
  say('other node (same owner, mode 0600); nodes take it in within seconds. Then: sparekey keys use.');
  return 0;
};

const use: Step = async ({ db, ring, inUse }, { now, say }) => {
  if (areNewestInUse(ring, inUse)) {
    say('The newest keys are in use already. For new ones: sparekey keys add.');
    return 1;
  }
  const without = await nodesWithout(db, ring, now());
  if (without.length > 0) {
    say('These nodes do not hold the new keys. Copy the key ring there, wait some seconds, and try again:');
    for (const name of without) say(`  ${name}`);
    return 1;
  }
  await bringIntoUse(db, ring, now());
  say('The new keys are in use. What the old ones sealed is sealed anew in the background: sparekey keys.');
  return 0;
};

async function sayNeeds(
  { db, inUse }: Pick<Opened, 'db' | 'inUse'>,
  { now, say }: Pick<Call, 'now' | 'say'>,
): Promise<boolean> {
  const needs = await whatNeedsOldKeys(db, { inUse, now: now(), longestSession: longestLife });
  say(
    needs.length > 0
      ? 'The old keys are still needed for:'
      : 'Nothing needs the old keys: sparekey keys retire.',
  );
  for (const line of needs) say(`  ${line}`);
  return needs.length > 0;
}

const retire: Step = async (opened, call) => {
  const { config, db, ring, inUse } = opened;
  const older = ring.data.length + ring.codes.length + ring.sessions.length - 3;
  if (!areNewestInUse(ring, inUse) || older === 0) {
    call.say(older === 0 ? 'There are no old keys.' : 'New keys are waiting: sparekey keys use.');
    return 1;
  }
  const needs = await whatNeedsOldKeys(db, { inUse, now: call.now(), longestSession: longestLife });
  if (needs.length > 0) {
    await sayNeeds(opened, call);
    return 1;
  }
  const left = withoutOldKeys(ring);
  await forgetOldKeys(db, left);
  await writeKeyRing(config.keyRingFile, left);
  call.say(`The old keys are retired. Copy ${config.keyRingFile} to every other node. Backups from before`);
  call.say('open only with the ring of their time: keep that one with them, and nowhere else.');
  return 0;
};

const steps: Record<string, Step> = { add, use, retire };

/** `sparekey keys [add | use | retire]`: looks at the keys, and replaces them while the server runs. */
export const keys: Command = async (call) => {
  const [name, ...more] = call.args;
  const step = name === undefined ? show : steps[name];
  if (step === undefined || more.length > 0) {
    call.say('sparekey keys, sparekey keys add, sparekey keys use, or sparekey keys retire');
    return 2;
  }
  process.umask(0o077);
  const config = readProcessConfig();
  if (config.databaseUrl === undefined && !existsSync(config.databaseFile))
    throw new BadConfig([`There is no database at ${config.databaseFile}: set DATA_DIR as for the server.`]);
  const ring = await readRing(config);
  const db = openDatabase(config, { onBroken: () => {} });
  try {
    const inUse = await readKeysInUse(db);
    if (inUse === undefined || !holdsKeysInUse(ring, inUse))
      throw new KeysUnfit(
        inUse === undefined
          ? 'This database does not say which keys are in use: start this version of Sparekey first.'
          : `A key in use is not in ${config.keyRingFile}: copy the ring of another node here.`,
      );
    return await step({ config, db, ring, inUse }, call);
  } finally {
    await db.destroy();
  }
};
