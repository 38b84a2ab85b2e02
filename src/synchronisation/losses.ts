import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import { recordEvents } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { Db, Tables, Time } from '../store/schema.ts';

/** People who were missing when everybody was looked at, of so many who were known, and since when that is so. */
export const lossesSchema = z.object({
  missing: z.int(),
  of: z.int(),
  since: z.int(),
  /** The last look at everybody by which they were there: the loss is measured by it until it is settled. */
  knownAt: z.int(),
});
export type Losses = z.infer<typeof lossesSchema>;

const goneAtOnce = 500;

/** An organisation may lose this many at once whatever part of it they are: else a small one could lose nobody. */
const fewEnough = 20;

/** A look at everybody, and the one by which people are known: who came later was not there to be lost. */
interface Looked {
  run: Time;
  knownAt: Time;
}

/** Who is enabled here and was not seen in the directory by this look. */
function unseen(run: Time) {
  return ({ not, exists, selectFrom }: ExpressionBuilder<Tables, 'people'>) =>
    not(
      exists(
        selectFrom('directory_seen')
          .select('run')
          .whereRef('directory_seen.directory_id', '=', 'people.directory_id')
          .where('run', '=', run),
      ),
    );
}

function enabledThere(db: Db) {
  return db.selectFrom('people').where('directory_id', 'is not', null).where('disabled_at', 'is', null);
}

/** Counts who is missing, and those who were known before: newcomers do not make a loss any smaller. */
async function countLosses(db: Db, { run, knownAt }: Looked): Promise<{ missing: number; of: number }> {
  const count = async (rows: ReturnType<typeof enabledThere>) => {
    const { count: found } = await rows.select((c) => c.fn.countAll().as('count')).executeTakeFirstOrThrow();
    return Number(found);
  };
  const missing = await count(enabledThere(db).where(unseen(run)));
  const known = await count(enabledThere(db).where('appeared_at', '<=', knownAt));
  return { missing, of: Math.max(missing, known) };
}

async function sawSomebody(db: Db): Promise<boolean> {
  return (await db.selectFrom('directory_seen').select('run').limit(1).executeTakeFirst()) !== undefined;
}

/**
 * Tells whether so many are missing that the directory itself is more likely to be at fault: everybody, or more than
 * half and more than twenty of those who were known. Null: no, or no more than somebody has accepted.
 */
export async function judgeLosses(
  db: Db,
  looked: Looked & { accepted: number },
): Promise<Pick<Losses, 'missing' | 'of'> | null> {
  const { missing, of } = await countLosses(db, looked);
  if (missing <= looked.accepted) return null;
  const tooMany = (missing > fewEnough && missing * 2 > of) || !(await sawSomebody(db));
  return tooMany ? { missing, of } : null;
}

/** Disables some of those whom the last look at everybody did not see; their sessions end. */
async function disableSome(deps: Deps, run: Time): Promise<number> {
  return inTransaction(deps.db, async (tx) => {
    const gone = await enabledThere(tx).select('id').where(unseen(run)).limit(goneAtOnce).execute();
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

/** Disables everybody whom this look did not see, some hundreds in a transaction; gives how many. */
export async function disableGone(deps: Deps, run: Time): Promise<number> {
  let gone = 0;
  for (let some = await disableSome(deps, run); some > 0; some = await disableSome(deps, run)) gone += some;
  return gone;
}
