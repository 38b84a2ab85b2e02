import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { faultsOfDoor, openToAdministrators, showFirstToken } from '../administering.ts';
import { BadConfig, type Config, readProcessConfig } from '../config/config.ts';
import { releaseLeases } from '../delivery/lease.ts';
import type { Deps } from '../deps.ts';
import { openHouse } from '../house.ts';
import { startHousekeeping } from '../housekeeping.ts';
import { takeUpImports } from '../imports/keeping.ts';
import { releasePasswordLeases, resumePasswords } from '../passwords/resume.ts';
import { alone } from '../store/alone.ts';
import { beat, endNode } from '../store/nodes.ts';
import { isTrial, startTrial } from '../trial.ts';
import { webApp } from '../web-app.ts';
import type { Call, Command } from './command.ts';

const drainTime = 10_000;
/** Then what has not been answered is cut off, and the rest is put away. */
const answerTime = 9_000;

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
    ...(config.directory?.insecure
      ? [
          'DIRECTORY_INSECURE is set: passwords would travel to servers that nobody checks; give DIRECTORY_CA_FILE.',
        ]
      : []),
    ...(trial ? [`${config.dataDir} holds the people of a trial: choose an empty DATA_DIR.`] : []),
  ];
}

/** By what way each kind of message leaves; a gateway goes before what the rest is shown or written by. */
function deliveryWords({ delivery, smtpUrl, textGateways, callGateways }: Config): string {
  const own = [
    textGateways.length > 0 ? ' Texts go by their gateways.' : '',
    callGateways.length > 0 ? ' Calls go by their gateways.' : '',
    smtpUrl === undefined ? '' : ' Mails go out by SMTP.',
  ].join('');
  switch (delivery.kind) {
    case 'terminal':
      return `Texts, calls and mails are shown in this terminal.${own}`;
    case 'folder':
      return `Texts, calls and mails are written as files into ${delivery.path}.${own}`;
    case 'live':
      return own === '' ? 'There is no way out for messages: set SMTP_URL or a gateway.' : own.trimStart();
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
  const hurry = globalThis.setTimeout(() => server.closeAllConnections(), answerTime);
  await closed;
  clearInterval(sweep);
  clearTimeout(hurry);
}

/**
 * The door keeps a second process from this folder, so whoever held a lease under this node's name is gone; with the
 * embedded database so is everybody else. On PostgreSQL what other nodes hold is theirs for as long as they live.
 */
async function takeUpLeases({ config, db, now }: Deps): Promise<void> {
  const ended = config.databaseUrl === undefined ? undefined : { now: now(), starting: config.node };
  await beat(db, config.node, now());
  await releaseLeases(db, ended);
  await releasePasswordLeases(db, ended?.starting);
}

/** Opens the house with both its doors; resolves once people can come in, with what closes it again. */
async function open(config: Config, { now, out }: Call): Promise<() => Promise<void>> {
  const house = await openHouse(config, { now, terminal: out });
  const { deps } = house;
  const faults = await unfitness(config, deps);
  if (faults.length > 0) throw new BadConfig(faults);
  const door = await openToAdministrators(deps);
  await takeUpLeases(deps);
  await takeUpImports(deps);
  await resumePasswords(deps);
  await alone(deps.db, async () => {
    if (!config.production && !config.directory) await startTrial(deps, out);
    await showFirstToken(deps, out);
  });
  const server = await listen(deps);
  house.delivery.wake();
  const housekeeping = startHousekeeping(deps, house);
  return async () => {
    const drained = Promise.all([
      housekeeping.stop(),
      closeServer(server),
      door.close(),
      house.delivery.stop(),
    ]);
    const isDrained = await Promise.race([
      drained.then(() => true),
      setTimeout(drainTime, false, { ref: false }),
    ]);
    // What this node held is free from here on: for other nodes, and for its own next start.
    await endNode(deps.db, config.node);
    // A mail server or gateway that hangs must not keep a node that was told to go.
    if (!isDrained) process.exit(0);
    await house.close();
  };
}

/** Starts the server; done once a signal has stopped it and the requests under way are answered. */
export const start: Command = async (call) => {
  process.umask(0o077);
  const config = readProcessConfig();
  const close = await open(config, call);
  const { promise: told, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => resolve());
  call.out.write(`\n  Sparekey is at ${config.baseUrl}/register\n  ${deliveryWords(config)}\n\n`);
  await told;
  await close();
  return 0;
};
