import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { makeKeyRing } from '../../secrets/key-ring.ts';
import { makeTokens } from '../../secrets/tokens.ts';
import { openRedisSessions } from '../../sessions/redis-store.ts';
import { openDatabase } from '../../store/database.ts';
import { type Check, fault, good, hint, kindOf } from './check.ts';

/** The database: answers, and lets this user in. */
export const database: Check = {
  name: 'Database',
  async run({ config }) {
    if (config.databaseUrl === undefined && !existsSync(config.databaseFile))
      return [hint('The embedded database is not there yet: the first start makes it.')];
    const db = openDatabase(config, { onBroken: () => {} });
    try {
      await sql`select 1`.execute(db);
      const where = config.databaseUrl
        ? `PostgreSQL at ${new URL(config.databaseUrl).host}`
        : 'The embedded one';
      return [good(`${where} answers.`)];
    } catch (error) {
      return [
        fault(
          `The database does not answer (${kindOf(error)}).`,
          'See that it runs, that DATABASE_URL names host, port and database, and that its user may connect.',
        ),
      ];
    } finally {
      await db.destroy();
    }
  },
};

/** Redis, where sessions are kept there. */
export const redis: Check = {
  name: 'Redis',
  async run({ config: { redis: settings, redisCa: caFile }, now }) {
    if (settings === undefined) return [good('Sessions are kept in the database.')];
    try {
      const tokens = makeTokens(makeKeyRing(now));
      const sessions = await openRedisSessions(settings, {
        caFile,
        tokens,
        now,
        onAway: () => {},
        onBack: () => {},
      });
      await sessions.close();
      return [good(`Redis at ${settings.nodes.map(({ host }) => host).join(', ')} answers.`)];
    } catch (error) {
      return [
        fault(
          `Redis does not answer (${kindOf(error)}).`,
          'See that it runs, that REDIS_URL names host and port, and that its user and password are right.',
        ),
      ];
    }
  },
};
