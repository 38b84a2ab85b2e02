import { tellAdministrators } from '../administrators/tell.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { Elsewhere } from '../directory/directory.ts';
import { takeLease } from '../store/lease.ts';
import type { Db, Time } from '../store/schema.ts';
import { type Kept, keepAccounts, onlyOnce } from './keep-accounts.ts';
import { disableGone, judgeLosses, type Losses } from './losses.ts';
import { readState, type State, writeState } from './state.ts';

const leaseName = 'directory-synchronisation';
const leaseLength = 120_000;
const day = 86_400_000;

/**
 * What came of a synchronisation. `gone` are people whom the directory has no more: disabled, not removed. `held` are
 * too many of them at once: none is disabled.
 */
export type Synchronised =
  | ({ result: 'done' | 'stopped'; whole: boolean; gone: number; held: Losses | null } & Kept)
  | { result: 'under-way' | 'no-directory' };

/** How it is done: everybody is looked at anew, or only what changed; what is told as it goes on. */
export interface Way {
  whole: boolean;
  stop: AbortSignal;
  /** How many people somebody says are meant to be missing; with it everybody is looked at. */
  acceptLosses?: number;
  onProgress?(kept: Kept): void;
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

/** Who counted, behind how far. */
function serverOf(mark: string): string {
  return mark.replace(/^\S*\s?/, '');
}

/** Since when changes are asked for; null: everybody is looked at, which happens once a day and where a group has changed. */
async function sinceWhen(
  deps: Deps,
  elsewhere: Elsewhere,
  { state, ...way }: Way & { state: State | undefined },
): Promise<string | null> {
  if (way.whole || way.acceptLosses !== undefined || !state || state.wholeAt < deps.now() - day) return null;
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

/** Keeps how things stand; administrators are told once of people who are missing, not at every look. */
async function conclude(deps: Deps, state: State, heldBefore: boolean): Promise<void> {
  const { held } = state;
  await inTransaction(deps.db, async (tx) => {
    await writeState(tx, state);
    if (held && !heldBefore)
      await tellAdministrators(tx, deps, { event: 'directory-losses', missing: held.missing, of: held.of });
  });
  deps.wakeDelivery();
}

/** What the look at everybody has to say of who is missing: they are disabled, or held while they are too many. */
async function settleLosses(
  deps: Deps,
  { run, before, accepted }: { run: Time; before: State | undefined; accepted: number },
): Promise<{ gone: number; held: Losses | null }> {
  const { since, knownAt } = before?.held ?? { since: run, knownAt: before?.wholeAt ?? run };
  const found = await judgeLosses(deps.db, { run, knownAt, accepted });
  if (found) return { gone: 0, held: { ...found, since, knownAt } };
  return { gone: await disableGone(deps, run), held: null };
}

async function goThrough(deps: Deps, elsewhere: Elsewhere, way: Leased): Promise<Synchronised> {
  const run = deps.now();
  const before = await readState(deps.db);
  const since = await sinceWhen(deps, elsewhere, { ...way, state: before });
  // Read before the first page: what changes meanwhile is looked at once more the next time.
  const mark = await elsewhere.readMark();
  const total: Kept = { added: 0, changed: 0, same: 0, unusable: 0 };
  const look = { ...way, run, total };
  const heldSoFar = { gone: 0, held: before?.held ?? null };
  const stopped = (whole: boolean) => ({ result: 'stopped' as const, whole, ...heldSoFar, ...total });
  if (since !== null && !(await lookAt(deps, elsewhere, { ...look, since }))) return stopped(false);
  const whole = since === null || (await isSomebodyGone(deps, elsewhere));
  if (whole && !(await lookAt(deps, elsewhere, { ...look, since: null }))) return stopped(true);
  const accepted = way.acceptLosses ?? 0;
  const losses = whole ? await settleLosses(deps, { run, before, accepted }) : heldSoFar;
  const wholeAt = whole ? run : (before?.wholeAt ?? run);
  await conclude(deps, { mark, wholeAt, held: losses.held }, heldSoFar.held !== null);
  return { result: 'done', whole, ...losses, ...total };
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
