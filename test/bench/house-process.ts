import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import type { Deps } from '../../src/deps.ts';
import { openHouse } from '../../src/house.ts';
import { addPerson } from '../../src/people/write-person.ts';
import { noStore, securityHeaders, trustBaseUrl } from '../../src/web/headers.ts';
import { logRequests } from '../../src/web/request-log.ts';
import { sessions } from '../../src/web/session.ts';
import { webApp } from '../../src/web-app.ts';
import { works } from './house-works.ts';

/* A process of its own, so that what it costs to ask is not counted as what it costs to answer. */

/** An empty page behind the same headers, log, session and form parser. */
function emptyApp(deps: Deps): express.Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(
    securityHeaders(deps.config),
    logRequests(deps),
    noStore,
    trustBaseUrl(deps.config),
    sessions(deps),
  );
  app.use(express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 40 }));
  app.get('/empty', (_req, res) => {
    res.type('html').send('<!doctype html><html lang="nl"><title>x</title><h1>x</h1></html>');
  });
  return app;
}

async function portOf(app: express.Express): Promise<number> {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return z.object({ port: z.number() }).parse(server.address()).port;
}

const [folder = '.'] = process.argv.slice(2);
const sink = createWriteStream(join(folder, 'terminal'));
/** Who asks works on the same machine, and is given a core of its own: hashing takes the others. */
const hashing = { SPAREKEY_HASHING_WORKERS: String(Math.max(availableParallelism() - 1, 1)) };
const config = readConfig({ ...hashing, ...process.env, DATA_DIR: join(folder, 'data') });
const house = await openHouse(config, { now: Date.now, terminal: sink, log: pino({ level: 'error' }) });
const anna = { userName: 'anna', displayName: 'Anna de Vries', language: 'nl' as const };
const nothing = { workMailbox: 'anna@example.org', officePhone: null, groups: [] };
await addPerson(
  house.deps,
  { ...anna, ...nothing },
  { actor: { kind: 'system' }, password: 'a long password' },
);
const [port, emptyPort] = [await portOf(webApp(house.deps)), await portOf(emptyApp(house.deps))];

const asked = z.object({ id: z.int(), work: z.string(), times: z.int() });

process.on('message', async (message) => {
  const { id, work, times } = asked.parse(message);
  const [from, before] = [performance.now(), process.cpuUsage()];
  await works[work]?.(house.deps, times);
  const { user, system } = process.cpuUsage(work === 'cpu' ? undefined : before);
  process.send?.({ id, ms: performance.now() - from, cpu: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit());
process.send?.({ port, emptyPort });
