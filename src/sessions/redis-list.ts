import { createHash } from 'node:crypto';
import type { KeptSession } from '../deps.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Time } from '../store/schema.ts';
import { openSession } from './database-store.ts';
import type { RedisCommands } from './redis-connect.ts';
import { idleLife, longestLife } from './session-data.ts';

/** Under which name a session stands in Redis, before its id. */
export const sessionPrefix = 'sparekey:session:';

/** Which sessions are a person's: a set of ids beside them, of which some may have ended. */
export interface Membership {
  join(personId: string, id: string): Promise<void>;
  /** The person's sessions that are still there: sealed, with the milliseconds they have left. */
  read(personId: string): Promise<{ id: string; sealed: string; left: number }[]>;
}

/** Whose set it is cannot be read in its name: ids are random, and nobody finds one from its hash (S23). */
function setOf(personId: string): string {
  return `sparekey:person:${createHash('sha256').update(personId).digest('base64url')}`;
}

/** Keeps membership in Redis; a set lives as long as a session can. */
export function membershipIn(client: RedisCommands): Membership {
  return {
    async join(personId, id) {
      await client.sAdd(setOf(personId), id);
      await client.pExpire(setOf(personId), longestLife);
    },
    async read(personId) {
      const ids = await client.sMembers(setOf(personId));
      const found = await Promise.all(
        ids.map(async (id) => {
          const [sealed, left] = await Promise.all([
            client.get(sessionPrefix + id),
            client.pTTL(sessionPrefix + id),
          ]);
          return { id, sealed, left };
        }),
      );
      const gone = found.filter(({ sealed }) => sealed === null).map(({ id }) => id);
      if (gone.length > 0) await client.sRem(setOf(personId), gone);
      return found.flatMap(({ id, sealed, left }) => (sealed === null ? [] : [{ id, sealed, left }]));
    },
  };
}

/** Opens the sessions of a person; rejects with `SessionsAway` while Redis is away. */
export async function listSessions(
  { tokens, now }: { tokens: Secrets['tokens']; now(): Time },
  membership: Membership,
  personId: string,
): Promise<KeptSession[]> {
  const found = await membership.read(personId);
  return found.flatMap(({ id, sealed, left }) => {
    const data = openSession(tokens, sealed);
    return data ? [{ id, data, lastUsedAt: now() - Math.max(idleLife - left, 0) }] : [];
  });
}
