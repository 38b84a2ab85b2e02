import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { ensureSearchKeys } from '../people/search-keys.ts';
import { seedQuestions } from '../questions/questions.ts';
import { alone } from '../store/alone.ts';
import { migrate, openDatabase } from '../store/database.ts';
import type { Database } from '../store/schema.ts';

/** Opens the database with every table and what must stand in it from the start, and makes the folders. */
export async function openStore(config: Config, { now, log }: Pick<Deps, 'now' | 'log'>): Promise<Database> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await mkdir(dirname(config.keyRingFile), { recursive: true, mode: 0o700 });
  const db = openDatabase(config, {
    onBroken: (error) => log.warn({ failure: error.name }, 'a connection to PostgreSQL has broken'),
  });
  await migrate(db);
  await alone(db, async () => {
    await seedQuestions(db, now());
    await ensureSearchKeys(db);
  });
  return db;
}
