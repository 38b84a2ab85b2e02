import { RedisStore } from 'connect-redis';
import type { SessionData, Store } from 'express-session';
import { createClient } from 'redis';
import type { Secrets } from '../secrets/secrets.ts';
import { openSession, sealSession } from './database-store.ts';
import { idleLife } from './session-data.ts';

/** How long a command or connection may take before the page says that it cannot go on. */
const patience = 1000;

/** Sessions in Redis: the store, and how to let go of it. */
export interface RedisSessions {
  store: Store;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

function gone(): SessionData {
  throw new Error('A session in Redis was sealed with keys that this node does not have.');
}

/**
 * Opens Redis for sessions, sealed as they are in the database. Commands fail at once while the server is away (the
 * client's own defaults would wait for ever), and work again by themselves when it is back.
 */
export async function openRedisSessions(
  url: string,
  { tokens, onError }: { tokens: Secrets['tokens']; onError(error: Error): void },
): Promise<RedisSessions> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 400,
    socket: {
      socketTimeout: patience,
      connectTimeout: patience,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** Math.min(tries, 5), 2000),
    },
  });
  client.on('error', onError);
  await client.connect();
  const serializer = {
    stringify: (data: SessionData) => sealSession(tokens, data),
    parse: (sealed: string) => openSession(tokens, sealed) ?? gone(),
  };
  return {
    store: new RedisStore({ client, prefix: 'sparekey:session:', ttl: idleLife / 1000, serializer }),
    ping: () =>
      client.ping().then(
        () => true,
        () => false,
      ),
    close: async () => client.destroy(),
  };
}
