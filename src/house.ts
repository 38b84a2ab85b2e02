import type { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import { makeSealer, type Sealer } from './audit/sealer.ts';
import type { Config } from './config/config.ts';
import { channels } from './delivery/delivery.ts';
import { reportsPath } from './delivery/reports/readers.ts';
import { keepReport } from './delivery/reports/report.ts';
import { closeTransports, makeTransports } from './delivery/transports.ts';
import type { DeliveryWorker } from './delivery/worker.ts';
import { type Deps, makeBackground } from './deps.ts';
import { makePasswordCheck } from './directory/new-password.ts';
import { makeFigures } from './figures/figures.ts';
import { makeDelivery } from './opening/delivery.ts';
import { makeDirectory } from './opening/directory.ts';
import { openSessions } from './opening/sessions.ts';
import { openStore } from './opening/store.ts';
import { openKeys } from './rotation/open.ts';
import type { HeldKeys } from './secrets/held-keys.ts';
import { makeSecrets } from './secrets/secrets.ts';
import { alone } from './store/alone.ts';
import type { Time } from './store/schema.ts';
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
  keys: HeldKeys;
  close(): Promise<void>;
}

const redacted = ['*.password', '*.code', '*.answer', '*.number', '*.address', '*.token', '*.cookie'];

/** The log: one JSON object a line, nothing secret in it; on standard output, unless that is for what was asked. */
export function makeLog(config: Config, to: 'stdout' | 'stderr' = 'stdout'): Logger {
  const options = { level: config.logLevel, redact: redacted };
  return to === 'stdout' ? pino(options) : pino(options, process.stderr);
}

/** Opens the outside world as the configuration says; throws when something of it is not there or unfit. */
export async function openHouse(config: Config, around: Surroundings): Promise<House> {
  const { now } = around;
  const log = around.log ?? makeLog(config);
  const db = await openStore(config, { now, log });
  const keys = await alone(db, () => openKeys(db, config.keyRingFile, now));
  const figures = makeFigures();
  const secrets = makeSecrets(keys.ring, { ...config.hashing, onRefused: figures.hashingRefused });
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
    keys,
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
