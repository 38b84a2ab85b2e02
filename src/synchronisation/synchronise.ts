import { z } from 'zod';
import { recordEvents } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { Elsewhere } from '../directory/directory.ts';
import { readMeta, writeMeta } from '../store/database.ts';
import { takeLease } from '../store/lease.ts';
import type { Db, Time } from '../store/schema.ts';
import { type Kept, keepAccounts, onlyOnce } from './keep-accounts.ts';

/** How the last synchronisation left things: where the directory's changes had come, and when everybody was looked at. */
const stateSchema = z.object({ mark: z.string(), wholeAt: z.number() });

const metaName = 'directory-synchronised';
const leaseName = 'directory-synchronisation';
const leaseLength = 120_000;
const day = 86_400_000;
const goneAtOnce = 500;

/** What came of a synchronisation. `gone` are people whom the directory has no more: disabled, not removed. */
export type Synchronised =
  | ({ result: 'done' | 'stopped'; whole: boolean; gone: number } & Kept)
  | { result: 'under-way' | 'no-directory' };

/** How it is done: everybody is looked at anew, or only what changed; what is told as it goes on. */
export interface Way {
  whole: boolean;
  stop: AbortSignal;
  onProgress?(kept: Kept): void;
}

async function readState(db: Db): Promise<z.infer<typeof stateSchema> | undefined> {
  const text = await readMeta(db, metaName);
  return text === undefined ? undefined : stateSchema.parse(JSON.parse(text));
}

/** Whose turn it was in this look at everybody. */
async function noteSeen(db: Db, run: Time, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .insertInto('directory_seen')
    .values(ids.map((directory_id) => ({ directory_id, run })))
    .onConflict((c) => c.column('directory_id').doUpdateSet({ run }))
    .execute();
}

/** Disables some of those whom the last look at everybody did not see; their sessions end. */
async function disableSome(deps: Deps, run: Time): Promise<number> {
  return inTransaction(deps.db, async (tx) => {
    const gone = await tx
      .selectFrom('people')
      .select('id')
      .where('directory_id', 'is not', null)
      .where('disabled_at', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('directory_seen')
              .select('run')
              .whereRef('directory_seen.directory_id', '=', 'people.directory_id')
              .where('run', '=', run),
          ),
        ),
      )
      .limit(goneAtOnce)
      .execute();
    const ids = gone.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await tx
      .updateTable('people')
      .set((row) => ({
        disabled_at: deps.now(),
        revision: row('revision', '+', 1),
        session_epoch: row('session_epoch', '+', 1),
      }))
      .where('id', 'in', ids)
      .execute();
    await recordEvents(
      tx,
      deps.now(),
      ids.map((subject) => ({
        event: 'person-changed' as const,
        actor: { kind: 'system' as const },
        subject,
        details: { changed: 'disabled', disabled: true, directory: true },
      })),
    );
    return ids.length;
  });
}

async function disableGone(deps: Deps, run: Time): Promise<number> {
  let gone = 0;
  for (let some = await disableSome(deps, run); some > 0; some = await disableSome(deps, run)) gone += some;
  return gone;
}

/** Who counted, behind how far. */
function serverOf(mark: string): string {
  return mark.replace(/^\S*\s?/, '');
}

/** Since when changes are asked for; null: everybody is looked at, which happens once a day and where a group has changed. */
async function sinceWhen(deps: Deps, elsewhere: Elsewhere, way: Way): Promise<string | null> {
  const state = await readState(deps.db);
  if (way.whole || !state || state.wholeAt < deps.now() - day) return null;
  const present = await elsewhere.readMark();
  // Another server counts otherwise: its marks say nothing beside those of the one before.
  if (serverOf(present) !== serverOf(state.mark)) return null;
  return (await elsewhere.groupsChanged(state.mark)) ? null : state.mark;
}

interface Look {
  since: string | null;
  run: Time;
  total: Kept;
}

/** Keeps a page at a time; false when it was stopped between two. */
async function lookAt(deps: Deps, elsewhere: Elsewhere, { since, run, total, ...way }: Look & Leased) {
  if (since === null) await deps.db.deleteFrom('directory_seen').execute();
  for await (const listed of elsewhere.listAccounts({ since, stop: way.stop })) {
    const page = onlyOnce(listed);
    const kept = await keepAccounts(deps, page);
    for (const name of ['added', 'changed', 'same', 'unusable'] as const) total[name] += kept[name];
    const ids = page.map(({ directoryId }) => directoryId);
    await noteSeen(deps.db, run, ids);
    way.onProgress?.(total);
    if (way.stop.aborted || !(await way.renew())) return false;
  }
  return !way.stop.aborted;
}

/** Whoever is gone is in no list of changes: only that there are fewer than were seen tells. */
async function isSomebodyGone({ db }: Deps, elsewhere: Elsewhere): Promise<boolean> {
  const { seen } = await db
    .selectFrom('directory_seen')
    .select((c) => c.fn.countAll().as('seen'))
    .executeTakeFirstOrThrow();
  return (await elsewhere.countAccounts()) !== Number(seen);
}

type Leased = Way & { renew(): Promise<boolean> };

async function goThrough(deps: Deps, elsewhere: Elsewhere, way: Leased): Promise<Synchronised> {
  const run = deps.now();
  const since = await sinceWhen(deps, elsewhere, way);
  // Read before the first page: what changes meanwhile is looked at once more the next time.
  const mark = await elsewhere.readMark();
  const total: Kept = { added: 0, changed: 0, same: 0, unusable: 0 };
  const look = { ...way, run, total };
  const stopped = (whole: boolean) => ({ result: 'stopped' as const, whole, gone: 0, ...total });
  if (since !== null && !(await lookAt(deps, elsewhere, { ...look, since }))) return stopped(false);
  const whole = since === null || (await isSomebodyGone(deps, elsewhere));
  if (whole && !(await lookAt(deps, elsewhere, { ...look, since: null }))) return stopped(true);
  const gone = whole ? await disableGone(deps, run) : 0;
  const wholeAt = whole ? run : ((await readState(deps.db))?.wholeAt ?? run);
  await writeMeta(deps.db, metaName, JSON.stringify({ mark, wholeAt }));
  return { result: 'done', whole, gone, ...total };
}

/**
 * Brings the people up to what the directory says: a page at a time, so that it takes no more memory for more people,
 * and each page whole or not at all, so that it can be stopped anywhere. One process at a time does it. Rejects with
 * `DirectoryAway`.
 */
export async function synchronise(deps: Deps, way: Way): Promise<Synchronised> {
  const { elsewhere } = deps.directory;
  if (!elsewhere) return { result: 'no-directory' };
  const lease = await takeLease(deps.db, leaseName, { now: deps.now, length: leaseLength });
  if (!lease) return { result: 'under-way' };
  try {
    return await goThrough(deps, elsewhere, { ...way, renew: lease.renew });
  } finally {
    await lease.release();
  }
}
