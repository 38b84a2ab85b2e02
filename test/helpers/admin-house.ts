import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import session from 'express-session';
import { pino } from 'pino';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { ensureAdminToken } from '../../src/admin-api/administrator.ts';
import { serveAdmin } from '../../src/admin-api/serve.ts';
import { readConfig } from '../../src/config.ts';
import type { Deps } from '../../src/deps.ts';
import { embeddedDirectory } from '../../src/directory/embedded.ts';
import { makePasswordCheck } from '../../src/directory/new-password.ts';
import { seedQuestions } from '../../src/questions/questions.ts';
import { makeKeyRing } from '../../src/secrets/key-ring.ts';
import { readPrivateFile } from '../../src/secrets/private-file.ts';
import { makeSecrets } from '../../src/secrets/secrets.ts';
import { migrate, openEmbeddedDatabase } from '../../src/store/database.ts';

/** A moment in the tests: 1 November 2026, noon UTC. */
export const testTime = Date.UTC(2026, 10, 1, 12);

/** Makes the outside world of a house in a folder of its own, with a real database; errors logged are kept. */
async function makeDeps(dataDir: string, errors: string[]): Promise<Deps> {
  const config = readConfig({ DATA_DIR: dataDir });
  const db = openEmbeddedDatabase(config.databaseFile);
  await migrate(db);
  await seedQuestions(db, testTime);
  const now = () => testTime;
  const secrets = makeSecrets(makeKeyRing(now), { workers: 2, waiting: 50 });
  const log = pino({ level: 'error' }, { write: (line: string) => errors.push(line) });
  const directory = embeddedDirectory({ db, hashing: secrets.hashing, now });
  const carries = new Set(['mail', 'text', 'call'] as const);
  const sessions = new session.MemoryStore();
  const faultOfNewPassword = makePasswordCheck();
  return {
    config,
    db,
    sessions,
    directory,
    faultOfNewPassword,
    secrets,
    carries,
    wakeDelivery: () => {},
    now,
    log,
  };
}

/** A house whose administrators' door is open on a real Unix socket. */
export async function openAdminHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'sk-'));
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const errors: string[] = [];
  const deps = await makeDeps(dataDir, errors);
  await ensureAdminToken(deps.config.adminTokenFile);
  const kept = await readPrivateFile(deps.config.adminTokenFile);
  const door = await serveAdmin(adminApi(deps), deps.config.adminSocket);
  const close = async () => {
    await door.close();
    await deps.db.destroy();
    await rm(folder, { recursive: true });
    if (errors.length > 0) throw new Error(`A test logged errors:\n${errors.join('')}`);
  };
  const token = kept.result === 'read' ? kept.text.trim() : '';
  return { deps, dataDir, token, errors, socket: deps.config.adminSocket, close };
}

/** The house as the tests hold it. */
export type AdminHouse = Awaited<ReturnType<typeof openAdminHouse>>;
