import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import session from 'express-session';
import { pino } from 'pino';
import { keepToken, keptTokenFile } from '../../admin-tui/kept-token.ts';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { serveAdmin } from '../../src/admin-api/serve.ts';
import type { Scope } from '../../src/administrators/rights.ts';
import { readConfig } from '../../src/config/config.ts';
import { type Deps, makeBackground } from '../../src/deps.ts';
import { embeddedDirectory } from '../../src/directory/embedded.ts';
import { makePasswordCheck } from '../../src/directory/new-password.ts';
import { makeFigures } from '../../src/figures/figures.ts';
import { makeSignInLocks } from '../../src/limits/directory-locks.ts';
import { seedQuestions } from '../../src/questions/questions.ts';
import { makeKeyRing } from '../../src/secrets/key-ring.ts';
import { makeSecrets } from '../../src/secrets/secrets.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { addAdministrator, apiTokenOf, sessionOf } from './administrators.ts';
import { databaseEnv, dropDatabase } from './database.ts';

/** A moment in the tests: 1 November 2026, noon UTC. */
export const testTime = Date.UTC(2026, 10, 1, 12);

/** Makes the outside world of a house in a folder of its own, with a real database; errors logged are kept. */
async function makeDeps(dataDir: string, errors: string[], env: Record<string, string>): Promise<Deps> {
  const config = readConfig({ DATA_DIR: dataDir, ...(await databaseEnv(dataDir)), ...env });
  const onBroken = (error: Error) => errors.push(String(error));
  const db = openDatabase(config, { onBroken });
  await migrate(db);
  await seedQuestions(db, testTime);
  const now = () => testTime;
  const secrets = makeSecrets(makeKeyRing(now), { workers: 2, waiting: 50 });
  const log = pino({ level: 'error' }, { write: (line: string) => errors.push(line) });
  const locks = makeSignInLocks({ db, sealing: secrets.sealing, now });
  const directory = embeddedDirectory({ db, hashing: secrets.hashing, now, locks });
  const carries = new Set(['mail', 'text', 'call'] as const);
  const sessions = new session.MemoryStore();
  const faultOfNewPassword = makePasswordCheck();
  return {
    config,
    db,
    sessions,
    sessionList: { list: async () => [], end: async () => {} },
    directory,
    faultOfNewPassword,
    secrets,
    carries,
    wakeDelivery: () => {},
    background: makeBackground(log),
    now,
    log,
    figures: makeFigures(),
  };
}

/** Where the terminal of a test keeps its tokens, beside the house's data. */
export function stateHomeOf(dataDir: string): string {
  return join(dirname(dataDir), 'state');
}

/** A house whose administrators' door is open on a real Unix socket; `anna` administers it and is signed in. */
export async function openAdminHouse(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sk-'));
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const errors: string[] = [];
  const deps = await makeDeps(dataDir, errors, env);
  const socket = deps.config.adminSocket;
  const door = await serveAdmin(adminApi(deps), socket);
  const close = async () => {
    await door.close();
    await deps.background.stop();
    await deps.db.destroy();
    await rm(folder, { recursive: true });
    await dropDatabase(dataDir);
    if (errors.length > 0) throw new Error(`A test logged errors:\n${errors.join('')}`);
  };
  const administratorId = await addAdministrator(deps, 'anna');
  const helpdeskId = await addAdministrator(deps, 'hugo', { role: 'helpdesk' });
  const [token, helpdeskToken] = [await sessionOf(deps, administratorId), await sessionOf(deps, helpdeskId)];
  await keepToken(keptTokenFile(stateHomeOf(dataDir), { socket }), token);
  return {
    deps,
    dataDir,
    token,
    helpdeskToken,
    administratorId,
    helpdeskId,
    errors,
    socket,
    close,
    /** An API token of anna's with these scopes. */
    apiToken: (scopes: Scope[]) => apiTokenOf(deps, administratorId, scopes),
    /** A session's token of an administrator, whose account is made when it is not there. */
    signIn: async (name: string) => sessionOf(deps, await addAdministrator(deps, name)),
  };
}

/** The house as the tests hold it. */
export type AdminHouse = Awaited<ReturnType<typeof openAdminHouse>>;
