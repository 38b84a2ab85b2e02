import type { Store } from 'express-session';
import type { Config } from '../config/config.ts';
import type { Deps, SessionList } from '../deps.ts';
import { DatabaseSessionStore, databaseSessionList } from '../sessions/database-store.ts';

/** Opens the place where sessions are kept: Redis (its client is loaded only then), else the database. */
export async function openSessions(
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
  const { openRedisSessions } = await import('../sessions/redis-store.ts');
  return openRedisSessions(redis, {
    caFile: config.redisCa,
    tokens: secrets.tokens,
    now,
    onAway: (error) => log.error({ failure: error.name }, 'Redis is away: pages that need a session say so'),
    onBack: () => log.info('Redis is back'),
  });
}
