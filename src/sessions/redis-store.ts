import { readFile } from 'node:fs/promises';
import type { Store } from 'express-session';
import type { RedisSettings } from '../config/redis.ts';
import type { SessionList } from '../deps.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Time } from '../store/schema.ts';
import { destroySession } from './database-store.ts';
import { onlyLiving } from './only-living.ts';
import { makeConnection, type RedisCommands } from './redis-connect.ts';
import { type Health, makeHealth } from './redis-health.ts';
import { listSessions, membershipIn, sessionPrefix } from './redis-list.ts';
import { type Endings, SparekeySessions, serializerOf } from './redis-sessions.ts';
import { idleLife } from './session-data.ts';
import { SessionsAway } from './sessions-away.ts';

/** Sessions in Redis: the store, and how to let go of it. */
export interface RedisSessions {
  store: Store;
  list: SessionList;
  close(): Promise<void>;
}

/** What sessions in Redis need; `onAway` and `onBack` are told once each time. */
export interface RedisNeeds {
  caFile?: string | undefined;
  tokens: Secrets['tokens'];
  now(): Time;
  onAway(error: Error): void;
  onBack(): void;
}

/** The commands as sessions give them: each watched over. */
function watched(commands: RedisCommands, { ask }: Health): RedisCommands {
  return {
    get: (key) => ask(() => commands.get(key)),
    set: (key, value, options) => ask(() => commands.set(key, value, options)),
    del: (keys) => ask(() => commands.del(keys)),
    expire: (key, seconds) => ask(() => commands.expire(key, seconds)),
    exists: (key) => ask(() => commands.exists(key)),
    sAdd: (key, member) => ask(() => commands.sAdd(key, member)),
    sRem: (key, members) => ask(() => commands.sRem(key, members)),
    sMembers: (key) => ask(() => commands.sMembers(key)),
    pExpire: (key, milliseconds) => ask(() => commands.pExpire(key, milliseconds)),
    pTTL: (key) => ask(() => commands.pTTL(key)),
  };
}

/** Without the name and password that it may hold. */
function addressesOf({ nodes }: RedisSettings): string {
  return nodes.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(', ');
}

async function readCa(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SessionsAway(`${file} cannot be read: put REDIS_CA right.`, { cause });
  });
}

/** In a Cluster some of them stand on every node; one that answers is enough. */
const probes = Array.from({ length: 8 }, (_, number) => `sparekey:probe:${number}`);

/**
 * Opens Redis for sessions, sealed as they are in the database. Commands fail with `SessionsAway` while the server is
 * away (the client's own defaults would wait for ever), and work again by themselves when it is back. Throws
 * `SessionsAway` when it is not there at the start.
 */
export async function openRedisSessions(settings: RedisSettings, needs: RedisNeeds): Promise<RedisSessions> {
  const state = { opened: false };
  const ca = await readCa(needs.caFile);
  const connection = makeConnection({
    settings: await onlyLiving(settings),
    ca,
    onError: (error) => {
      if (state.opened) health.failed(error);
    },
  });
  const health = makeHealth({
    probe: () => Promise.any(probes.map((key) => connection.commands.exists(key))),
    onAway: needs.onAway,
    onBack: needs.onBack,
  });
  try {
    await connection.connect();
  } catch (cause) {
    const words = `Redis does not answer at ${addressesOf(settings)}: start it, or put REDIS_URL right.`;
    throw new SessionsAway(words, { cause });
  }
  state.opened = true;
  const sessions = sessionsIn(watched(connection.commands, health), needs);
  return {
    ...sessions,
    async close() {
      health.stop();
      connection.close();
    },
  };
}

/** The mark of an end outlives whatever a request still under way, or a command that came late, could write. */
const markedFor = (2 * idleLife) / 1000;

function sessionsIn(client: RedisCommands, needs: RedisNeeds): Omit<RedisSessions, 'close'> {
  const options = {
    client,
    prefix: sessionPrefix,
    ttl: idleLife / 1000,
    serializer: serializerOf(needs.tokens),
  };
  const nameOf = (id: string) => `sparekey:ended:${id}`;
  const endings: Endings = {
    mark: (id) => client.set(nameOf(id), '1', { expiration: { type: 'EX', value: markedFor } }),
    isMarked: async (id) => (await client.exists(nameOf(id))) > 0,
  };
  const membership = membershipIn(client);
  const store = new SparekeySessions(options, { now: needs.now, endings, membership });
  return {
    store,
    list: {
      list: (personId) => listSessions(needs, membership, personId),
      end: (id) => destroySession(store, id),
    },
  };
}
