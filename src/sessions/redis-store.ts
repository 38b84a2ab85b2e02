import { RedisStore } from 'connect-redis';
import type { SessionData, Store } from 'express-session';
import { createClient } from 'redis';
import type { SessionList } from '../deps.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Time } from '../store/schema.ts';
import { destroySession, openSession, sealSession } from './database-store.ts';
import { listSessions, type Membership, membershipIn, sessionPrefix } from './redis-list.ts';
import { idleLife } from './session-data.ts';
import { SessionsAway } from './sessions-away.ts';

/** How long a command or connection may take before the page says that it cannot go on. */
const patience = 1000;
/** How often a first connection is tried, 200 ms apart, before the start gives up. */
const firstTries = 10;
const minute = 60_000;

/** Sessions in Redis: the store, and how to let go of it. */
export interface RedisSessions {
  store: Store;
  list: SessionList;
  close(): Promise<void>;
}

/** What sessions in Redis need; `onAway` and `onBack` are told once each time. */
export interface RedisNeeds {
  tokens: Secrets['tokens'];
  now(): Time;
  onAway(error: Error): void;
  onBack(): void;
}

/** The session was sealed with keys that this node does not have. */
class SealedByOthers extends Error {}

function sealedByOthers(): SessionData {
  throw new SealedByOthers();
}

function serializerOf({ tokens }: RedisNeeds) {
  return {
    stringify: (data: SessionData) => sealSession(tokens, data),
    parse: (sealed: string) => openSession(tokens, sealed) ?? sealedByOthers(),
  };
}

type Callback<T> = (error: unknown, value?: T) => void;

/** Which sessions have ended: told by a mark that outlives whatever request is still under way. */
interface Endings {
  mark(id: string): Promise<unknown>;
  isMarked(id: string): Promise<boolean>;
}

/**
 * `connect-redis` with our failures by name, an expiry that is put off at most once a minute, and ends that stand: an
 * answer still under way when its session ended does not write it anew.
 */
class SparekeySessions extends RedisStore {
  readonly #now: () => Time;
  readonly #endings: Endings;
  readonly #membership: Membership;
  /** When each session's expiry was last put off, the oldest first. */
  readonly #touched = new Map<string, Time>();

  constructor(
    options: ConstructorParameters<typeof RedisStore>[0],
    parts: { now(): Time; endings: Endings; membership: Membership },
  ) {
    super(options);
    this.#now = parts.now;
    this.#endings = parts.endings;
    this.#membership = parts.membership;
  }

  override async get(id: string, callback?: Callback<SessionData | null>): Promise<void> {
    await super.get(id, (error, data) => {
      if (error instanceof SealedByOthers) callback?.(null, null);
      else callback?.(named(error), data);
    });
  }

  override async set(id: string, data: SessionData, callback?: Callback<void>): Promise<void> {
    this.#isTouchDue(id);
    try {
      let failure: unknown = null;
      await super.set(id, data, (error) => {
        failure = error;
      });
      if (data.personId !== undefined) await this.#membership.join(data.personId, id);
      // Looked at after writing: an end that comes later removes what was written.
      if (await this.#endings.isMarked(id)) await super.destroy(id);
      callback?.(named(failure));
    } catch (error) {
      callback?.(named(error));
    }
  }

  override async touch(id: string, data: SessionData, callback?: Callback<void>): Promise<void> {
    if (!this.#isTouchDue(id)) return callback?.(null);
    await super.touch(id, data, (error) => callback?.(named(error)));
  }

  override async destroy(id: string, callback?: Callback<void>): Promise<void> {
    try {
      await this.#endings.mark(id);
    } catch (error) {
      return callback?.(named(error));
    }
    await super.destroy(id, (error) => callback?.(named(error)));
  }

  #isTouchDue(id: string): boolean {
    const now = this.#now();
    for (const [other, at] of this.#touched) {
      if (at > now - minute) break;
      this.#touched.delete(other);
    }
    if (this.#touched.has(id)) return false;
    this.#touched.set(id, now);
    return true;
  }
}

function named(error: unknown): SessionsAway | null {
  return error ? new SessionsAway('Redis does not answer.', { cause: error }) : null;
}

/** Without the name and password that it may hold. */
function addressOf(url: string): string {
  return new URL(url).host;
}

/**
 * Opens Redis for sessions, sealed as they are in the database. Commands fail with `SessionsAway` while the server is
 * away (the client's own defaults would wait for ever), and work again by themselves when it is back. Throws
 * `SessionsAway` when it is not there at the start.
 */
export async function openRedisSessions(url: string, needs: RedisNeeds): Promise<RedisSessions> {
  const state = { opened: false, away: false };
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 400,
    socket: {
      socketTimeout: patience,
      connectTimeout: patience,
      reconnectStrategy: (tries, cause) => {
        if (state.opened) return Math.min(100 * 2 ** Math.min(tries, 5), 2000);
        return tries < firstTries ? 200 : cause;
      },
    },
  });
  client.on('error', (error: Error) => {
    if (state.opened && !state.away) needs.onAway(error);
    state.away = true;
  });
  client.on('ready', () => {
    if (state.opened && state.away) needs.onBack();
    Object.assign(state, { opened: true, away: false });
  });
  try {
    await client.connect();
  } catch (cause) {
    const words = `Redis does not answer at ${addressOf(url)}: start it, or put REDIS_URL right.`;
    throw new SessionsAway(words, { cause });
  }
  const ttl = idleLife / 1000;
  const options = { client, prefix: sessionPrefix, ttl, serializer: serializerOf(needs) };
  const endings: Endings = {
    mark: (id) => client.set(`sparekey:ended:${id}`, '1', { expiration: { type: 'EX', value: ttl } }),
    isMarked: async (id) => (await client.exists(`sparekey:ended:${id}`)) > 0,
  };
  const membership = membershipIn(client);
  const store = new SparekeySessions(options, { now: needs.now, endings, membership });
  return {
    store,
    list: {
      list: (personId) => listSessions(needs, membership, personId),
      end: (id) => destroySession(store, id),
    },
    close: async () => client.destroy(),
  };
}
