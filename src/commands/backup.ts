import { existsSync } from 'node:fs';
import { chmod, copyFile, open, rename, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { type Config, readProcessConfig } from '../config/config.ts';
import { type KeyRing, writeKeyRing } from '../secrets/key-ring.ts';
import { holdsKeys, wordsOfMissing } from '../secrets/open-key-ring.ts';
import { CopyRefused } from '../store/copy.ts';
import { inTransaction, migrate, openEmbeddedDatabase, readMeta } from '../store/database.ts';
import type { Call, Command } from './command.ts';
import { freshKeys, writeKeys } from './fresh-keys.ts';
import { reviveNothing } from './revive-nothing.ts';

function refuseOnPostgres(config: Config): void {
  if (config.databaseUrl !== undefined)
    throw new CopyRefused('DATABASE_URL is set: back PostgreSQL up with pg_dump; see docs/stores.md.');
}

/** `sparekey backup FILE`: a copy of the embedded database as it is at one moment, also while the server runs. */
export const backup: Command = async ({ args, say }) => {
  const [file] = args;
  if (file === undefined || args.length > 1) {
    say('sparekey backup FILE');
    return 2;
  }
  process.umask(0o077);
  const config = readProcessConfig();
  refuseOnPostgres(config);
  if (!existsSync(config.databaseFile))
    throw new CopyRefused(`There is no database at ${config.databaseFile}.`);
  const handle = await open(file, 'wx', 0o600);
  try {
    const database = new DatabaseSync(config.databaseFile, { readOnly: true });
    database.exec('PRAGMA busy_timeout = 5000');
    database.prepare('VACUUM INTO ?').run(file);
    database.close();
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  say(`Backed up to ${file}. The keys are not in it: keep a copy of ${config.keyRingFile} elsewhere.`);
  return 0;
};

/** Whether a server answers on this data folder. */
function isServing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function refusalOf(missing: string): string {
  return `The backup was sealed with keys that are not in the key ring: ${missing}. Put the ring of its time back first.`;
}

async function makeFit(file: string, { ring, now }: { ring: KeyRing; now: () => number }): Promise<void> {
  const db = openEmbeddedDatabase(file);
  try {
    const sealedWith = ((await readMeta(db, 'key-fingerprints')) ?? '').split('\n');
    const needed = sealedWith.filter((name) => /^(data|retired) /.test(name));
    if (needed.length === 0) throw new CopyRefused('The backup does not say with which keys it was sealed.');
    if (!holdsKeys(ring, needed)) throw new CopyRefused(refusalOf(wordsOfMissing(ring, needed)));
    await migrate(db);
    await inTransaction(db, async (tx) => {
      await reviveNothing(tx, now());
      await writeKeys(tx, ring, now());
    });
  } finally {
    await db.destroy();
  }
}

function checkWhole(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const [row] = database.prepare('PRAGMA quick_check').all();
    if (row?.quick_check !== 'ok') throw new CopyRefused(`${file} is damaged: take another backup.`);
    database.prepare('select 1 from kysely_migration').all();
  } catch (cause) {
    throw cause instanceof CopyRefused
      ? cause
      : new CopyRefused(`${file} is no backup of Sparekey.`, { cause });
  } finally {
    database.close();
  }
}

/** Puts the copy in the place of the database; the one that was there stays beside it. */
async function putInPlace(
  config: Config,
  { draft, now, say }: { draft: string } & Pick<Call, 'now' | 'say'>,
) {
  const { databaseFile } = config;
  const kept = `${databaseFile}.before-${now()}`;
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(databaseFile + end)) await rename(databaseFile + end, kept + end);
  await rename(draft, databaseFile);
  if (existsSync(kept)) say(`What was there is kept as ${kept}.`);
}

/** `sparekey restore FILE`: puts a backup of the embedded database back; nobody’s code or session comes back with it. */
export const restore: Command = async ({ args, now, say }) => {
  const [file] = args;
  if (file === undefined || args.length > 1) {
    say('sparekey restore FILE');
    return 2;
  }
  process.umask(0o077);
  const config = readProcessConfig();
  refuseOnPostgres(config);
  if (await isServing(config.adminSocket)) throw new CopyRefused('The server is running: stop it first.');
  if (!existsSync(file)) throw new CopyRefused(`${file} is not there.`);
  checkWhole(file);
  const keys = await freshKeys(config, now);
  const draft = `${config.databaseFile}.restoring`;
  for (const end of ['', '-wal', '-shm']) await rm(draft + end, { force: true });
  await copyFile(file, draft);
  await chmod(draft, 0o600);
  await makeFit(draft, { ring: keys.only, now });
  await writeKeyRing(config.keyRingFile, keys.both);
  await putInPlace(config, { draft, now, say });
  await writeKeyRing(config.keyRingFile, keys.only);
  say(
    'Restored. Everybody is signed out, and codes, links of resets and access codes from before are worth nothing.',
  );
  say('API tokens and administrators stand as they were at the time of the backup: look them through.');
  return 0;
};
