import { once } from 'node:events';
import type { Server } from 'node:http';
import { DoorBlocked } from './admin-api/serve.ts';
import { faultsOfDoor, openToAdministrators, showFirstToken } from './administering.ts';
import { BadConfig, type Config, readProcessConfig } from './config.ts';
import { releaseLeases } from './delivery/lease.ts';
import type { Deps } from './deps.ts';
import { openHouse } from './house.ts';
import { startHousekeeping } from './housekeeping.ts';
import { takeUpImports } from './imports/keeping.ts';
import { releasePasswordLeases, resumePasswords } from './passwords/resume.ts';
import { KeysUnfit } from './secrets/open-key-ring.ts';
import { SessionsAway } from './sessions/sessions-away.ts';
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
    ...faultsOfDoor(config),
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

/** Lets the requests under way finish; a browser keeps its connection open long after its answer. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const hurry = setTimeout(() => server.closeAllConnections(), drainTime);
  await closed;
  clearInterval(sweep);
  clearTimeout(hurry);
}

/** Starts the house with both its doors; resolves once people can come in. */
async function start(config: Config): Promise<void> {
  process.umask(0o077);
  const house = await openHouse(config, { now: Date.now, terminal: process.stdout });
  const { deps } = house;
  const faults = await unfitness(config, deps);
  if (faults.length > 0) throw new BadConfig(faults);
  const door = await openToAdministrators(deps);
  // The door keeps a second process from this folder, so whoever held a lease is gone.
  await releaseLeases(deps.db);
  await releasePasswordLeases(deps.db);
  await takeUpImports(deps);
  await resumePasswords(deps);
  if (!config.production) await startTrial(deps, process.stdout);
  await showFirstToken(deps, process.stdout);
  const server = await listen(deps);
  house.delivery.wake();
  const housekeeping = startHousekeeping(deps, house);
  const stop = async () => {
    await housekeeping.stop();
    await Promise.all([closeServer(server), door.close()]);
    await house.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());
  process.stdout.write(`\n  Sparekey is at ${config.baseUrl}/register\n  ${deliveryWords(config)}\n\n`);
}

const systemWords: Record<string, string> = {
  'listen EADDRINUSE': 'The port is taken by another program: choose another PORT.',
  'listen EACCES': 'This user may not use that port: choose a PORT above 1023.',
  'listen EADDRNOTAVAIL': 'HOST is no address of this machine: put it right.',
  'getaddrinfo ENOTFOUND': 'HOST is not known: put it right.',
};

/** What the system refused, in words; undefined for anything else. */
function explainRefusal(error: object): string | undefined {
  if (!('code' in error && 'syscall' in error)) return undefined;
  const fileFaults: unknown[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'];
  if ('path' in error && fileFaults.includes(error.code))
    return `${error.path} cannot be used (${error.code}): give this user rights to it, or choose another DATA_DIR.`;
  return systemWords[`${error.syscall} ${error.code}`];
}

const ownFaults = [BadConfig, KeysUnfit, DoorBlocked, SessionsAway];

/** Faults that whoever starts Sparekey can put right are said in words, others with their stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (ownFaults.some((fault) => error instanceof fault)) return error.message;
  return explainRefusal(error) ?? error.stack ?? error.message;
}

try {
  await start(readProcessConfig());
} catch (error) {
  process.stderr.write(`Sparekey cannot start. ${explain(error)}\n`);
  process.exit(1);
}
