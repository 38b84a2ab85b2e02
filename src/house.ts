import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import type { Store } from 'express-session';
import { type Logger, pino } from 'pino';
import { recordEvent } from './audit/audit.ts';
import { makeSealer, type Sealer } from './audit/sealer.ts';
import type { Config } from './config/config.ts';
import { channels } from './delivery/delivery.ts';
import { reportsPath } from './delivery/reports/readers.ts';
import { keepReport } from './delivery/reports/report.ts';
import type { Tariff } from './delivery/tariff.ts';
import { closeTransports, makeTransports } from './delivery/transports.ts';
import { type DeliveryWorker, makeDeliveryWorker } from './delivery/worker.ts';
import { type Deps, makeBackground, type SessionList } from './deps.ts';
import type { Directory } from './directory/directory.ts';
import { embeddedDirectory } from './directory/embedded.ts';
import { makePasswordCheck } from './directory/new-password.ts';
import { makeFigures } from './figures/figures.ts';
import { makeSignInLocks } from './limits/directory-locks.ts';
import { readPhone } from './methods/phone-number.ts';
import { ensureSearchKeys } from './people/search-keys.ts';
import { isUserName, normaliseUserName } from './people/user-name.ts';
import { readPolicy } from './policy/versions.ts';
import { seedQuestions } from './questions/questions.ts';
import { isStillNeeded } from './reminders/still-needed.ts';
import { admitCode } from './resets/admit.ts';
import { openKeyRing } from './secrets/open-key-ring.ts';
import { makeSecrets } from './secrets/secrets.ts';
import { DatabaseSessionStore, databaseSessionList } from './sessions/database-store.ts';
import { alone } from './store/alone.ts';
import { migrate, openDatabase, readMeta, writeMeta } from './store/database.ts';
import type { Database, Time } from './store/schema.ts';
import { makeGauges } from './watching.ts';

/** What of the world outside the configuration cannot name: the clock, and where the terminal and log write. */
export interface Surroundings {
  now(): Time;
  terminal: Writable;
  log?: Logger;
}

/** The outside world, opened: what the doors are made of, the worker of the queue, and how to let go of it all. */
export interface House {
  deps: Deps;
  delivery: DeliveryWorker;
  sealer: Sealer;
  close(): Promise<void>;
}

const redacted = ['*.password', '*.code', '*.answer', '*.number', '*.address', '*.token', '*.cookie'];

/** The log: one JSON object a line, nothing secret in it. */
export function makeLog(config: Config): Logger {
  return pino({ level: config.logLevel, redact: redacted });
}

async function openStore(config: Config, { now, log }: Pick<Deps, 'now' | 'log'>): Promise<Database> {
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

async function openSessions(
  config: Config,
  parts: Pick<Deps, 'db' | 'secrets' | 'now' | 'log'>,
): Promise<{ store: Store; list: SessionList; close(): Promise<void> }> {
  const { db, secrets, now, log } = parts;
  const { redis } = config;
  if (redis === undefined) {
    const kept = { db, tokens: secrets.tokens, now };
    const store = new DatabaseSessionStore(kept);
    return { store, list: databaseSessionList(kept, store), close: async () => {} };
  }
  const { openRedisSessions } = await import('./sessions/redis-store.ts');
  return openRedisSessions(redis, {
    caFile: config.redisCa,
    tokens: secrets.tokens,
    now,
    onAway: (error) => log.error({ failure: error.name }, 'Redis is away: pages that need a session say so'),
    onBack: () => log.info('Redis is back'),
  });
}

function makeTariff({ textPrices: text, callPrices: call }: Config): Tariff {
  return {
    countryOf(message) {
      const read = message.channel === 'mail' ? undefined : readPhone(message.to, '');
      return read?.result === 'number' ? read.country : null;
    },
    prices: { ...(text && { text }), ...(call && { call }) },
  };
}

function makeDelivery(deps: Deps, transports: ReturnType<typeof makeTransports>): DeliveryWorker {
  return makeDeliveryWorker({
    db: deps.db,
    node: deps.config.node,
    now: deps.now,
    secrets: deps.secrets,
    transports,
    baseUrl: deps.config.baseUrl,
    log: deps.log,
    admitCode: (message) => admitCode(deps, message),
    isReminderNeeded: (personId, reminder) => isStillNeeded(deps, personId, reminder),
    async readOrganisation() {
      const { organisationName, helpContact } = await readPolicy(deps.db);
      return { name: organisationName, helpContact };
    },
    onOutcome: (channel, outcome) => deps.figures.sent(channel, outcome),
    readStopped: async () => (await readPolicy(deps.db)).stoppedCountries,
    tariff: makeTariff(deps.config),
    onGivenUp: (tx, { personId, channel, kind, attempts, reason }) =>
      recordEvent(tx, deps.now(), {
        event: 'message-given-up',
        actor: { kind: 'system' },
        ...(personId === null ? {} : { subject: personId }),
        outcome: 'refused',
        details: { channel, kind, attempts, reason },
      }),
  });
}

/** The directory that the configuration names (its client is loaded only then, as Redis’s is), or the one that Sparekey brings along. */
async function makeDirectory(
  { directory: settings }: Config,
  { db, secrets, now, log }: Pick<Deps, 'db' | 'secrets' | 'now' | 'log'>,
): Promise<Directory> {
  const locks = makeSignInLocks({ db, sealing: secrets.sealing, now });
  if (!settings) return embeddedDirectory({ db, hashing: secrets.hashing, now, locks });
  const { ldapDirectory } = await import('./directory/ldap/ldap-directory.ts');
  const directory = ldapDirectory({
    settings,
    now,
    told: {
      onAway: (failure) => log.warn({ failure }, 'the directory does not answer: nobody can sign in'),
      onBack: () => log.info('the directory answers again'),
    },
    normalise(name) {
      const normal = normaliseUserName(name);
      return isUserName(normal) ? normal : '';
    },
    async readKnownId(userName) {
      const known = await db
        .selectFrom('people')
        .select('directory_id')
        .where('user_name', '=', userName)
        .executeTakeFirst();
      return known?.directory_id ?? null;
    },
  });
  // Strangers are held back here before the directory would lock: who is held up is freed of both.
  return {
    ...directory,
    lockedUntil: async (name) => (await directory.lockedUntil(name)) ?? (await locks.lockedUntil(name)),
    async unlock(name) {
      await directory.unlock(name);
      await locks.unlock(name);
    },
  };
}

/** Opens the outside world as the configuration says; throws when something of it is not there or unfit. */
export async function openHouse(config: Config, around: Surroundings): Promise<House> {
  const { now } = around;
  const log = around.log ?? makeLog(config);
  const db = await openStore(config, { now, log });
  const ring = await alone(db, () =>
    openKeyRing(config.keyRingFile, {
      now,
      readKnown: () => readMeta(db, 'key-fingerprints'),
      writeKnown: (known) => writeMeta(db, 'key-fingerprints', known),
    }),
  );
  const figures = makeFigures();
  const secrets = makeSecrets(ring, { ...config.hashing, onRefused: figures.hashingRefused });
  const sessions = await openSessions(config, { db, secrets, now, log });
  const transports = makeTransports(config, {
    now,
    terminal: around.terminal,
    // A gateway elsewhere could not reach any other address.
    reportsUrl: config.baseUrl.startsWith('https:') ? `${config.baseUrl}${reportsPath}` : undefined,
    onReport: async (report) => void (await keepReport(db, report, now())),
  });
  const carries = new Set(channels.filter((channel) => transports[channel]));
  const directory = await makeDirectory(config, { db, secrets, now, log });
  const faultOfNewPassword = makePasswordCheck();
  const parts = {
    config,
    db,
    sessions: sessions.store,
    sessionList: sessions.list,
    directory,
    faultOfNewPassword,
    secrets,
    carries,
    background: makeBackground(log),
    now,
    log,
    figures,
  };
  figures.watch(makeGauges(parts));
  const deps: Deps = { ...parts, wakeDelivery: () => delivery.wake() };
  const delivery = makeDelivery(deps, transports);
  const sealer = makeSealer(parts);
  return {
    deps,
    delivery,
    sealer,
    async close() {
      await parts.background.stop();
      await delivery.stop();
      // The embedded database has no other writer; on PostgreSQL another node goes on sealing.
      if (config.databaseUrl === undefined) await sealer.finish();
      await closeTransports(transports);
      await sessions.close();
      await directory.close();
      await db.destroy();
    },
  };
}
