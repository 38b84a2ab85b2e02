import { recordEvent } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { readImport } from './import.ts';
import { dropDrafts, dropFile, listFiles } from './upload.ts';

const day = 86_400_000;

/** How long an uploaded file and the outcome of its rows are kept; and how long it stands in the list. */
const keptFor = { file: 3 * day, row: 30 * day };

/**
 * To be called at the start, when no other process is in this folder: what was being written is interrupted and can be
 * run on, a dry run that was cut off waits to be done again, and half an upload goes.
 */
export async function takeUpImports(deps: Deps): Promise<void> {
  await dropDrafts(deps);
  for (const id of await listFiles(deps)) {
    await deps.db
      .updateTable('imports')
      .set({ state: 'uploaded' })
      .where('id', '=', id)
      .where('state', '=', 'checking')
      .execute();
    const { numUpdatedRows } = await deps.db
      .updateTable('imports')
      .set({ state: 'interrupted', finished_at: deps.now() })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .executeTakeFirst();
    if (numUpdatedRows === 1n) await tellInterrupted(deps, id);
  }
}

async function tellInterrupted(deps: Deps, id: string): Promise<void> {
  const one = await readImport(deps.db, id);
  if (!one) return;
  await recordEvent(deps.db, deps.now(), {
    event: 'people-imported',
    actor: { kind: 'system' },
    details: { import: id, ended: 'interrupted', rows: one.rowsDone, ...one.totals },
  });
}

/** Forgets what has stood for some days: files that were never run, outcomes with their passwords, and then the list. */
export async function forgetImports(deps: Deps): Promise<void> {
  const { db, now } = deps;
  const ended = db
    .selectFrom('imports')
    .select('id')
    .where('finished_at', '<', now() - keptFor.file);
  await db.deleteFrom('import_results').where('import_id', 'in', ended).execute();
  await db
    .deleteFrom('imports')
    .where('state', 'in', ['uploaded', 'checked', 'interrupted', 'failed'])
    .where('uploaded_at', '<', now() - keptFor.file)
    .execute();
  await db
    .deleteFrom('imports')
    .where('finished_at', '<', now() - keptFor.row)
    .execute();
  for (const id of await listFiles(deps)) {
    const one = await readImport(db, id);
    if (!one || one.state === 'done' || one.state === 'cancelled') await dropFile(deps, id);
  }
}
