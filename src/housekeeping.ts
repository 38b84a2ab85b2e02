import type { Deps } from './deps.ts';
import { forgetLimits } from './limits/limits.ts';
import { forgetSessions } from './sessions/database-store.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How long what has ended stays to be looked at. */
const keptFor = 30 * day;

/** Removes what no longer says anything: ended sessions, empty counters, old challenges and finished messages. */
export async function tidyUp({ db, now }: Deps): Promise<void> {
  const old = now() - keptFor;
  await forgetSessions(db, now());
  await forgetLimits(db, now());
  await db.deleteFrom('challenges').where('expires_at', '<', old).execute();
  await db.deleteFrom('messages').where('state', '!=', 'waiting').where('finished_at', '<', old).execute();
}

/** Tidies up at once and then every hour, until it is told to stop; a failure is logged and tried again. */
export function startHousekeeping(deps: Deps): { stop(): void } {
  const tidy = () =>
    void tidyUp(deps).catch((error: unknown) => deps.log.error({ err: error }, 'tidying up failed'));
  tidy();
  const timer = setInterval(tidy, hour);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
