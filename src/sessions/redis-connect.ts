import { createClient, createCluster, createSentinel } from 'redis';
import { z } from 'zod';
import type { RedisSettings } from '../config/redis.ts';
import { patience } from './redis-health.ts';

/** The commands that sessions need, each of one key: a Cluster may have any two keys on different nodes. */
export interface RedisCommands {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { expiration: { type: 'EX'; value: number } }): Promise<unknown>;
  del(keys: string[]): Promise<number>;
  expire(key: string, seconds: number): Promise<unknown>;
  exists(key: string): Promise<number>;
  sAdd(key: string, member: string): Promise<unknown>;
  sRem(key: string, members: string[]): Promise<unknown>;
  sMembers(key: string): Promise<string[]>;
  pExpire(key: string, milliseconds: number): Promise<unknown>;
  pTTL(key: string): Promise<number>;
}

/** A connection to Redis, of whichever kind; `on` is told what fails of it. */
export interface Connection {
  commands: RedisCommands;
  /** Rejects when Redis is not there within seconds. */
  connect(): Promise<unknown>;
  close(): void;
}

/** Gives one command of one key to whoever keeps that key. */
type Send = (key: string, args: string[]) => Promise<unknown>;

const whole = z.int();
const text = z.string().nullable();
const texts = z.array(z.string());

/** By plain commands: there are three kinds of client, and each has only to send one. */
function commandsOf(send: Send): RedisCommands {
  const count = async (key: string, args: string[]) => whole.parse(await send(key, args));
  return {
    get: async (key) => text.parse(await send(key, ['GET', key])),
    set: (key, value, { expiration }) => send(key, ['SET', key, value, 'EX', String(expiration.value)]),
    async del(keys) {
      const counts = await Promise.all(keys.map((key) => count(key, ['DEL', key])));
      return counts.reduce((sum, one) => sum + one, 0);
    },
    expire: (key, seconds) => send(key, ['EXPIRE', key, String(seconds)]),
    exists: (key) => count(key, ['EXISTS', key]),
    sAdd: (key, member) => send(key, ['SADD', key, member]),
    sRem: (key, members) => send(key, ['SREM', key, ...members]),
    sMembers: async (key) => texts.parse(await send(key, ['SMEMBERS', key])),
    pExpire: (key, milliseconds) => send(key, ['PEXPIRE', key, String(milliseconds)]),
    pTTL: (key) => count(key, ['PTTL', key]),
  };
}

/** How often a first connection is tried, 200 ms apart, before the start gives up. */
const firstTries = 10;

interface Wanted {
  settings: RedisSettings;
  /** PEM of the authority that vouches for the server. */
  ca: string | undefined;
  onError(error: Error): void;
}

/**
 * How long a connection may be silent before it is made anew. Longer than patience, which the commands have by
 * themselves: a process that is held up for a second would drop a connection whose answer has already come.
 */
const longestSilence = 3 * patience;

function socketOf({ settings, ca }: Wanted) {
  const silence = { connectTimeout: patience, socketTimeout: longestSilence };
  if (!settings.tls) return silence;
  return { ...silence, tls: true as const, ...(ca === undefined ? {} : { ca }) };
}

function credentials(username: string | undefined, password: string | undefined) {
  return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
}

/** The client's own defaults would keep commands until a server is back. */
const noWaiting = { disableOfflineQueue: true, pingInterval: 400 };

function soonAgain(tries: number): number {
  return Math.min(100 * 2 ** Math.min(tries, 5), 2000);
}

function single(wanted: Wanted): Connection {
  const { settings } = wanted;
  const state = { opened: false };
  const client = createClient({
    ...noWaiting,
    ...credentials(settings.user, settings.password),
    database: settings.database,
    socket: {
      ...settings.nodes[0],
      ...socketOf(wanted),
      reconnectStrategy: (tries: number, cause: Error) => {
        if (state.opened) return soonAgain(tries);
        return tries < firstTries ? 200 : cause;
      },
    },
  });
  client.on('error', (error: Error) => wanted.onError(error));
  const connect = async () => {
    await client.connect();
    state.opened = true;
  };
  return {
    commands: commandsOf((_key, args) => client.sendCommand(args)),
    connect,
    close: () => client.destroy(),
  };
}

/** Follows the master that the sentinels name; a change of master is found out within a second or two. */
function sentinel(wanted: Wanted): Connection {
  const { settings } = wanted;
  const socket = { ...socketOf(wanted), reconnectStrategy: soonAgain };
  const client = createSentinel({
    name: settings.master,
    sentinelRootNodes: settings.nodes,
    nodeClientOptions: { ...noWaiting, ...credentials(settings.user, settings.password), socket },
    sentinelClientOptions: {
      ...credentials(settings.sentinelUser, settings.sentinelPassword),
      // Less than a command may take, so that a sentinel which is gone is passed over in time.
      socket: { ...socket, connectTimeout: patience * 0.8, socketTimeout: patience * 0.8 },
    },
    maxCommandRediscovers: 5,
    // Commands wait while it looks; between looks the sentinels tell it themselves.
    scanInterval: 10_000,
  });
  // A sentinel less, or a replica, is no outage: what counts is whether commands are answered.
  client.on('error', () => {});
  return {
    commands: commandsOf((_key, args) => client.sendCommand(false, args)),
    connect: () => client.connect(),
    close: () => void client.destroy(),
  };
}

function cluster(wanted: Wanted): Connection {
  const { settings } = wanted;
  const socket = { ...socketOf(wanted), reconnectStrategy: soonAgain };
  const client = createCluster({
    rootNodes: settings.nodes.map(({ host, port }) => ({ socket: { host, port } })),
    defaults: { ...noWaiting, ...credentials(settings.user, settings.password), socket },
    maxCommandRedirections: 4,
    topologyRefreshOnReconnectionAttemptStrategy: 500,
  });
  client.on('error', () => {});
  return {
    commands: commandsOf((key, args) => client.sendCommand(key, false, args)),
    connect: () => client.connect(),
    close: () => client.destroy(),
  };
}

const kinds = { single, sentinel, cluster };

/** Makes the client that the settings ask for; it is not connected yet. */
export function makeConnection(wanted: Wanted): Connection {
  return kinds[wanted.settings.kind](wanted);
}
