import { setImmediate } from 'node:timers/promises';
import { recordEvent } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import type { Db } from '../store/schema.ts';
import { judgeRows, type RowResult, resultsOf, writeBatch } from './batch.ts';
import { type Import, type ImportState, readImport } from './import.ts';
import { planImport } from './plan.ts';
import { describeProblem } from './problem.ts';
import { type Batch, readBatches, type Source } from './read-rows.ts';
import { keepResults } from './results.ts';
import { dropFile } from './upload.ts';
import type { ImportedBy } from './write-new.ts';

const firstProblems = 20;

/** One piece of work on an import: a dry run when nobody writes, else a run by somebody. */
export interface Work {
  id: string;
  by: ImportedBy | null;
}

/** Works through a file batch by batch, until its end or until it is told to stop; a failure is kept and logged. */
export async function workThrough(deps: Deps, work: Work, stop: AbortSignal): Promise<void> {
  try {
    await finish(deps, work, await walk(deps, work, stop));
  } catch (error) {
    // Between two looks at `stop` the house may have closed for real.
    if (stop.aborted) return;
    deps.log.error({ err: error, import: work.id }, 'an import failed');
    await finish(deps, work, 'failed');
  }
}

type Ended = 'done' | 'cancelled' | 'interrupted' | 'failed';

async function walk(deps: Deps, work: Work, stop: AbortSignal): Promise<Ended> {
  const one = await readImport(deps.db, work.id);
  if (!one) throw new Error(`There is no import ${work.id}.`);
  const source = await planImport(deps, one);
  for await (const batch of readBatches(source)) {
    if (stop.aborted) return 'interrupted';
    if (await isStopAsked(deps.db, work.id)) return 'cancelled';
    await doBatch(deps, work, { one, source, batch, stop });
    await setImmediate();
  }
  one.bytesDone = one.bytes;
  return 'done';
}

async function isStopAsked(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('imports').select('stop_asked').where('id', '=', id).executeTakeFirst();
  return row?.stop_asked !== 0;
}

/** Does one batch and counts it, in `one` and in the database; a run does both in one transaction. */
async function doBatch(
  deps: Deps,
  { by }: Work,
  { one, source, batch, stop }: { one: Import; source: Source; batch: Batch; stop: AbortSignal },
): Promise<void> {
  const { rows } = batch;
  const { rules } = source;
  if (by === null) {
    const after = counted(one, batch, resultsOf(await judgeRows(deps, deps.db, { rows, rules })));
    await keepProgress(deps, deps.db, after);
    Object.assign(one, after);
    return;
  }
  let after = one;
  const keep = async (tx: Db, results: RowResult[]) => {
    after = counted(one, batch, results);
    const { id, language, rowsDone } = one;
    await keepResults(tx, deps, { id, part: rowsDone, results, language });
    await keepProgress(deps, tx, after);
  };
  const { firstPasswords } = one.settings;
  await writeBatch(deps, { rows, rules, by, firstPasswords, stop, keep });
  Object.assign(one, after);
  deps.wakeDelivery();
}

/** The import with a batch counted. */
function counted(one: Import, batch: Batch, results: readonly RowResult[]): Import {
  const totals = { ...one.totals };
  for (const { outcome } of results) totals[outcome] += 1;
  const room = firstProblems - one.problems.length;
  const fresh = results.flatMap((result) =>
    result.problems.map((problem) => ({
      line: result.line,
      userName: result.userName.toWellFormed(),
      column: problem.column,
      problem: problem.code,
      message: describeProblem(one.language, problem).toWellFormed(),
    })),
  );
  return {
    ...one,
    totals,
    problems: [...one.problems, ...fresh.slice(0, room)],
    rowsDone: one.rowsDone + results.length,
    bytesDone: batch.bytesRead,
    lastLine: results.at(-1)?.line ?? one.lastLine,
  };
}

async function keepProgress({ now }: Deps, db: Db, one: Import): Promise<void> {
  await db
    .updateTable('imports')
    .set({
      rows_done: one.rowsDone,
      bytes_done: one.bytesDone,
      last_line: one.lastLine,
      totals: JSON.stringify(one.totals),
      problems: JSON.stringify(one.problems),
      alive_at: now(),
    })
    .where('id', '=', one.id)
    .execute();
}

/** A dry run that did not come to its end counts for nothing. */
function stateAfter(by: ImportedBy | null, ended: Ended): ImportState {
  if (by !== null) return ended;
  return ended === 'done' ? 'checked' : 'uploaded';
}

async function finish(deps: Deps, { id, by }: Work, ended: Ended): Promise<void> {
  const state = stateAfter(by, ended);
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('imports')
      .set((row) => ({
        state,
        finished_at: deps.now(),
        rows_total: ended === 'done' ? row.ref('rows_done') : row.ref('rows_total'),
        bytes_done: ended === 'done' ? row.ref('bytes') : row.ref('bytes_done'),
      }))
      .where('id', '=', id)
      .execute();
    if (by !== null) await recordImport(tx, deps, { id, by, ended });
  });
  if (state === 'done' || state === 'cancelled') await dropFile(deps, id);
}

async function recordImport(
  tx: Db,
  { now }: Deps,
  { id, by, ended }: { id: string; by: ImportedBy; ended: Ended },
): Promise<void> {
  const one = await readImport(tx, id);
  if (!one) return;
  await recordEvent(tx, now(), {
    event: 'people-imported',
    actor: by.actor,
    outcome: ended === 'failed' ? 'refused' : 'done',
    details: { import: id, ended, rows: one.rowsDone, ...one.totals },
  });
}
