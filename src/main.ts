import { once } from 'node:events';
import type { Server } from 'node:http';
import { adminApi } from './admin-api/admin-api.ts';
import { ensureAdminToken } from './admin-api/administrator.ts';
import { DoorBlocked, serveAdmin } from './admin-api/serve.ts';
import { BadConfig, type Config, readProcessConfig } from './config.ts';
import type { Deps } from './deps.ts';
import { openHouse } from './house.ts';
import { startHousekeeping } from './housekeeping.ts';
import { KeysUnfit } from './secrets/open-key-ring.ts';
import { isTrial, startTrial } from './trial.ts';
import { webApp } from './web-app.ts';

const drainTime = 10_000;

/** What makes a house unfit for production, each with its mend; empty outside production. */
async function unfitness(config: Config, deps: Deps): Promise<string[]> {
  if (!config.production) return [];
  const trial = await isTrial(deps);
  return [
    ...(config.baseUrlGiven ? [] : ['BASE_URL is not set: give the https address that people use.']),
    ...(config.baseUrl.startsWith('https:') ? [] : ['BASE_URL is not https: put a proxy with TLS in front.']),
    ...(config.delivery.kind === 'live'
      ? []
      : ['DELIVERY is not live: codes would be shown to whoever reads the terminal or folder.']),
    ...(trial ? [`${config.dataDir} holds the people of a trial: choose an empty DATA_DIR.`] : []),
  ];
}

function deliveryWords({ delivery, smtpUrl }: Config): string {
  const mail = smtpUrl === undefined ? '' : ' Mails go out by SMTP.';
  switch (delivery.kind) {
    case 'terminal':
      return `Texts, calls and mails are shown in this terminal.${mail}`;
    case 'folder':
      return `Texts, calls and mails are written as files into ${delivery.path}.${mail}`;
    case 'live':
      return `Texts and calls have no gateway yet.${mail}`;
  }
}

async function listen(deps: Deps): Promise<Server> {
  const { port, host } = deps.config;
  const server = webApp(deps).listen(port, host);
  await once(server, 'listening');
  return server;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const hurry = setTimeout(() => server.closeAllConnections(), drainTime);
  await closed;
  clearTimeout(hurry);
}

/** Starts the house with both its doors; resolves once people can come in. */
async function start(config: Config): Promise<void> {
  const house = await openHouse(config, { now: Date.now, terminal: process.stdout });
  const { deps } = house;
  const faults = await unfitness(config, deps);
  if (faults.length > 0) throw new BadConfig(faults);
  if (!config.production) await startTrial(deps, process.stdout);
  await ensureAdminToken(config.adminTokenFile);
  const door = await serveAdmin(adminApi(deps), config.adminSocket);
  const server = await listen(deps);
  house.delivery.wake();
  const housekeeping = startHousekeeping(deps);
  process.stdout.write(`\n  Sparekey is at ${config.baseUrl}/register\n  ${deliveryWords(config)}\n\n`);
  const stop = async () => {
    housekeeping.stop();
    await Promise.all([closeServer(server), door.close()]);
    await house.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());
}

/** Faults that whoever starts Sparekey can put right are said in words, others with their stack. */
function explain(error: unknown): string {
  const own = error instanceof BadConfig || error instanceof KeysUnfit || error instanceof DoorBlocked;
  if (own) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return 'The port is taken by another program: choose another PORT.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await start(readProcessConfig());
} catch (error) {
  process.stderr.write(`Sparekey cannot start. ${explain(error)}\n`);
  process.exit(1);
}
