import { forgetAccessCodes } from './access-codes/access-codes.ts';
import { forgetWaysIn } from './administrators/sessions.ts';
import { pruneAudit } from './audit/prune.ts';
import type { Sealer } from './audit/sealer.ts';
import { releaseLeases } from './delivery/lease.ts';
import type { Deps } from './deps.ts';
import { DirectoryAway } from './directory/away.ts';
import { forgetImports } from './imports/keeping.ts';
import { forgetLimits } from './limits/limits.ts';
import { forgetStopLinks } from './notices/stop-link.ts';
import { resumePasswords } from './passwords/resume.ts';
import { readPolicy } from './policy/versions.ts';
import { forgetSealedAnswers } from './registrations/key-pair.ts';
import { runSchedule } from './reminders/scheduled.ts';
import { forgetResets } from './resets/reset.ts';
import { followEvery, followKeys } from './rotation/follow.ts';
import { sealAnew } from './rotation/seal-anew.ts';
import type { HeldKeys } from './secrets/held-keys.ts';
import { forgetSessions } from './sessions/database-store.ts';
import { takeLease } from './store/lease.ts';
import { beat, beatEvery } from './store/nodes.ts';
import { type Synchronised, synchronise } from './synchronisation/synchronise.ts';
import { forgetWaitingChanges } from './waiting-changes/waiting-change.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long what has ended stays to be looked at. */
const keptFor = 30 * day;

/** Removes what no longer says anything: ended sessions, empty counters, old challenges, finished messages, old audit. */
export async function tidyUp(deps: Deps): Promise<void> {
  const { db, now } = deps;
  const old = now() - keptFor;
  await forgetSessions(db, now());
  await forgetLimits(db, now());
  await forgetWaysIn(db, now());
  await forgetImports(deps);
  await forgetSealedAnswers(deps);
  await forgetStopLinks(db, old);
  await forgetAccessCodes(db, old);
  await forgetWaitingChanges(db, old);
  await forgetResets(db, now() - day);
  await db.deleteFrom('challenges').where('expires_at', '<', old).execute();
  await db.deleteFrom('messages').where('state', '!=', 'waiting').where('finished_at', '<', old).execute();
  await pruneAudit(deps, (await readPolicy(db)).keepAuditDays);
}

/** Does a job at once and then again and again, never twice at a time; a failure is logged and tried again. */
function repeat(
  { log }: Pick<Deps, 'log'>,
  { name, every }: { name: string; every: number },
  job: () => Promise<void>,
): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const start = () => {
    running ??= job()
      .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
      .finally(() => {
        running = undefined;
      });
  };
  start();
  const timer = setInterval(start, every);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Of several nodes one tidies up; what is in a node's own folder is its own. */
async function tidyUpOnce(deps: Deps): Promise<void> {
  const lease = await takeLease(deps.db, 'tidying-up', { now: deps.now, length: hour - minute });
  if (!lease) return forgetImports(deps);
  try {
    await tidyUp(deps);
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/**
 * What a node that has died was at is free for whoever comes first. A node that was held up itself says first that it
 * lives: else it would give away what it has in its own hands.
 */
export async function takeOver({ db, now, config }: Pick<Deps, 'db' | 'now' | 'config'>): Promise<void> {
  await beat(db, config.node, now());
  await releaseLeases(db, { now: now() });
}

/** Brings the people up to a directory elsewhere, where there is one and the configuration asks for it. */
function synchronising(deps: Deps, stop: AbortSignal): ReturnType<typeof repeat>[] {
  const every = deps.config.directory?.syncEvery ?? 0;
  if (every === 0) return [];
  return [
    repeat(deps, { name: 'synchronising', every }, async () => {
      const done = await synchronise(deps, { whole: false, stop }).catch((error: unknown) => {
        if (!(error instanceof DirectoryAway)) throw error;
      });
      if (done && 'held' in done) tellOutcome(deps, done);
    }),
  ];
}

/** Too many people missing is said at every look until somebody has seen to it. */
function tellOutcome({ log }: Pick<Deps, 'log'>, done: Extract<Synchronised, { held: unknown }>): void {
  if (done.held)
    log.error(done, 'too many people are missing from the directory at once: none of them is disabled');
  else if (done.result === 'done') log.info(done, 'the people are as the directory has them');
}

/** What is wrong with the key ring is said once, not every two seconds until it is mended. */
function followingKeys(deps: Deps, keys: HeldKeys): () => Promise<void> {
  let said: string | undefined;
  return async () => {
    const why = await followKeys(deps, keys);
    if (why !== undefined && why !== said)
      deps.log.warn({ why }, 'the key ring is not fit: the keys from before go on being used');
    said = why;
  };
}

/** Tidies up every hour, seals the audit within 15 seconds and takes up passwords that were cut off, until it is told to stop; what runs then ends first. */
export function startHousekeeping(
  deps: Deps,
  { sealer, keys }: { sealer: Sealer; keys: HeldKeys },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const jobs = [
    repeat(deps, { name: 'saying that this node lives', every: beatEvery }, () =>
      beat(deps.db, deps.config.node, deps.now()),
    ),
    repeat(deps, { name: 'taking over from nodes that died', every: 2 * beatEvery }, () => takeOver(deps)),
    repeat(deps, { name: 'following the keys', every: followEvery }, followingKeys(deps, keys)),
    repeat(deps, { name: 'sealing anew', every: beatEvery }, () => sealAnew(deps, keys, stopping.signal)),
    repeat(deps, { name: 'tidying up', every: hour }, () => tidyUpOnce(deps)),
    repeat(deps, { name: 'sealing the audit', every: minute / 12 }, () => sealer.run()),
    repeat(
      deps,
      { name: 'reminding', every: hour },
      async () => void (await runSchedule(deps, stopping.signal)),
    ),
    ...synchronising(deps, stopping.signal),
    repeat(deps, { name: 'taking up passwords', every: minute / 2 }, () => resumePasswords(deps)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
