import { RedisStore } from 'connect-redis';
import type { SessionData } from 'express-session';
import type { Secrets } from '../secrets/secrets.ts';
import type { Time } from '../store/schema.ts';
import { openSession, sealSession } from './database-store.ts';
import type { Membership } from './redis-list.ts';
import { SessionsAway } from './sessions-away.ts';
import { makeTouches, type Touches } from './touches.ts';

/** The session was sealed with keys that this node does not have. */
class SealedByOthers extends Error {}

function sealedByOthers(): SessionData {
  throw new SealedByOthers();
}

/** How a session stands in Redis: sealed, and by other keys than ours it is none. */
export function serializerOf(tokens: Secrets['tokens']) {
  return {
    stringify: (data: SessionData) => sealSession(tokens, data),
    parse: (sealed: string) => openSession(tokens, sealed) ?? sealedByOthers(),
  };
}

type Callback<T> = (error: unknown, value?: T) => void;

/** Which sessions have ended: told by a mark that outlives whatever request is still under way. */
export interface Endings {
  mark(id: string): Promise<unknown>;
  isMarked(id: string): Promise<boolean>;
}

/**
 * `connect-redis` with our failures by name, an expiry that is put off at most once a minute, and ends that stand: an
 * answer still under way when its session ended does not write it anew.
 */
export class SparekeySessions extends RedisStore {
  readonly #endings: Endings;
  readonly #membership: Membership;
  readonly #touches: Touches;

  constructor(
    options: ConstructorParameters<typeof RedisStore>[0],
    parts: { now(): Time; endings: Endings; membership: Membership },
  ) {
    super(options);
    this.#touches = makeTouches(parts.now);
    this.#endings = parts.endings;
    this.#membership = parts.membership;
  }

  override async get(id: string, callback?: Callback<SessionData | null>): Promise<void> {
    const [error, data] = await this.#read(id);
    callback?.(error, data);
  }

  override async set(id: string, data: SessionData, callback?: Callback<void>): Promise<void> {
    this.#touches.isDue(id);
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
    if (!this.#touches.isDue(id)) return callback?.(null);
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

  /** Whether it has ended is asked as well: a command that came late may have written it anew. */
  async #read(id: string): Promise<[SessionsAway | null, SessionData | null]> {
    const read: { error: unknown; data: SessionData | null } = { error: null, data: null };
    const reading = super.get(id, (error, data) => Object.assign(read, { error, data: data ?? null }));
    try {
      const [hasEnded] = await Promise.all([this.#endings.isMarked(id), reading]);
      if (hasEnded || read.error instanceof SealedByOthers) return [null, null];
      return [named(read.error), read.data];
    } catch (error) {
      return [named(error), null];
    }
  }
}

function named(error: unknown): SessionsAway | null {
  if (!error) return null;
  return error instanceof SessionsAway ? error : new SessionsAway('Redis does not answer.', { cause: error });
}
