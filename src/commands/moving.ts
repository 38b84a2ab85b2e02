import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { type Config, readProcessConfig } from '../config/config.ts';
import { readKeyRing, writeKeyRing } from '../secrets/key-ring.ts';
import { holdsKeys, wordsOfMissing } from '../secrets/open-key-ring.ts';
import { CopyRefused, type ExportHead, exportLines, importLines, readHead } from '../store/copy.ts';
import { migrate, openDatabase } from '../store/database.ts';
import type { Database } from '../store/schema.ts';
import type { Command } from './command.ts';
import { freshKeys, writeKeys } from './fresh-keys.ts';
import { reviveNothing } from './revive-nothing.ts';

/** An export older than this is no move any more but a copy put back. */
const freshFor = 15 * 60_000;

/** Opens the database of this configuration for a command, and closes it again. */
export async function withDatabase<T>(config: Config, work: (db: Database) => Promise<T>): Promise<T> {
  await mkdir(dirname(config.databaseFile), { recursive: true, mode: 0o700 });
  const db = openDatabase(config, { onBroken: () => {} });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** `sparekey export FILE`: every table as lines of JSON, from one moment, while the server runs or not. */
export const exportAll: Command = async ({ args, now, say }) => {
  const [file] = args;
  if (file === undefined || args.length > 1) {
    say('sparekey export FILE');
    return 2;
  }
  process.umask(0o077);
  const config = readProcessConfig();
  if (config.databaseUrl === undefined && !existsSync(config.databaseFile))
    throw new CopyRefused(`There is no database at ${config.databaseFile}.`);
  const handle = await open(file, 'wx', 0o600);
  try {
    await withDatabase(config, async (db) => {
      for await (const lines of exportLines(db, now())) await handle.write(lines);
    });
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  say(`Exported to ${file}. The keys are not in it: take data/keys/ring.json along by another way.`);
  return 0;
};

/** The ring must be there before what it sealed: without it nothing of the export could be opened. */
async function checkKeys(config: Config, wanted: readonly string[]): Promise<void> {
  const read = await readKeyRing(config.keyRingFile);
  if (read.result === 'unreadable') throw new CopyRefused(read.why);
  if (read.result === 'read' && holdsKeys(read.ring, wanted)) return;
  const missing = read.result === 'read' ? ` (${wordsOfMissing(read.ring, wanted)})` : '';
  throw new CopyRefused(
    `Keys that the export was sealed with${missing} are not in ${config.keyRingFile}: put that file there first.`,
  );
}

/** Of an export that is put back, what codes and sessions were made with is ended: those keys need not be there. */
function keysNeeded({ keys }: ExportHead, isOld: boolean): string[] {
  return keys.split('\n').filter((name) => !isOld || !/^(codes|sessions) /.test(name));
}

/** `sparekey import-backup FILE`: takes an export into an empty database, all of it or nothing. */
export const importAll: Command = async ({ args, now, say }) => {
  const [file] = args;
  if (file === undefined || args.length > 1) {
    say('sparekey import-backup FILE');
    return 2;
  }
  process.umask(0o077);
  const config = readProcessConfig();
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })[
    Symbol.asyncIterator
  ]();
  const first = await lines.next();
  const headLine = first.done ? '' : first.value;
  const head = await readHead(headLine);
  const isOld = now() - head.madeAt > freshFor;
  await checkKeys(config, keysNeeded(head, isOld));
  const keys = isOld ? await freshKeys(config, now) : undefined;
  if (keys) await writeKeyRing(config.keyRingFile, keys.both);
  const count = await withDatabase(config, async (db) => {
    await migrate(db);
    return importLines(db, { head: headLine, lines }, async (tx) => {
      if (!keys) return;
      await reviveNothing(tx, now());
      await writeKeys(tx, keys.only, now());
    });
  });
  if (keys) await writeKeyRing(config.keyRingFile, keys.only);
  say(`Imported ${count} rows.`);
  if (isOld) say('The export is not fresh: every code, reset and session in it has been ended.');
  return 0;
};
