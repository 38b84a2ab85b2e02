import type { Actor } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import type { Language } from '../words/languages.ts';
import { fileOf, type Import, type ImportState, noTotals, readImport } from './import.ts';
import { lookAt } from './look.ts';
import type { ImportSettings } from './settings.ts';
import { dropFile, listFiles } from './upload.ts';
import { workThrough } from './work.ts';

/** Who asks for a step, and in which language the outcome is to be worded. */
export interface Asking {
  actor: Actor & { kind: 'administrator' };
  language: Language;
}

export type Step =
  | { result: 'done'; import: Import }
  | {
      result:
        | 'import-unknown'
        | 'import-busy'
        | 'import-under-way'
        | 'import-not-checked'
        | 'import-ended'
        | 'import-not-under-way'
        | 'columns-not-right'
        | 'file-gone';
    };

/** Whatever is silent for longer has died with its server. */
const silence = 300_000;

const underWay: readonly ImportState[] = ['checking', 'running'];

/** Changes what was chosen for an import that has not begun; it needs a dry run again then. */
export async function changeSettings(deps: Deps, id: string, settings: ImportSettings): Promise<Step> {
  const { numUpdatedRows } = await deps.db
    .updateTable('imports')
    .set({ settings: JSON.stringify(settings), state: 'uploaded', rows_total: null })
    .where('id', '=', id)
    .where('state', 'in', ['uploaded', 'checked'])
    .executeTakeFirst();
  const one = await readImport(deps.db, id);
  if (!one) return { result: 'import-unknown' };
  if (numUpdatedRows === 1n) return { result: 'done', import: one };
  return { result: underWay.includes(one.state) ? 'import-under-way' : 'import-ended' };
}

/** Begins a dry run, which goes on after this has answered. */
export async function startCheck(deps: Deps, id: string, { language }: Asking): Promise<Step> {
  const may = await whyNot(deps, id, ['uploaded', 'checked']);
  if (may.result !== 'done') return may;
  const fresh = { rowsBefore: 0, rowsDone: 0, lastLine: 0 };
  const started = await start(deps, {
    one: { ...may.import, ...fresh, language },
    state: 'checking',
    anew: true,
  });
  if (started.result === 'done') begin(deps, { id, by: null });
  return started;
}

/** Begins to write, behind the row where an earlier run stopped; it goes on after this has answered. */
export async function startRun(deps: Deps, id: string, { actor, language }: Asking): Promise<Step> {
  const may = await whyNot(deps, id, ['checked', 'interrupted', 'failed']);
  if (may.result !== 'done') return may;
  const anew = may.import.state === 'checked';
  const rowsBefore = anew ? 0 : may.import.rowsDone;
  const one = { ...may.import, rowsBefore, rowsDone: rowsBefore, language };
  const started = await start(deps, { one, state: 'running', anew });
  if (started.result === 'done') begin(deps, { id, by: { importId: id, actor } });
  return started;
}

function begin(deps: Deps, work: Parameters<typeof workThrough>[1]): void {
  deps.background.start('an import', (stop) => workThrough(deps, work, stop));
}

/** Reads an import that is in one of these states and whose columns are right; else says why not. */
async function whyNot(deps: Deps, id: string, states: readonly ImportState[]): Promise<Step> {
  const one = await readImport(deps.db, id);
  if (!one) return { result: 'import-unknown' };
  if (underWay.includes(one.state)) return { result: 'import-under-way' };
  if (one.state === 'done' || one.state === 'cancelled') return { result: 'import-ended' };
  if (!states.includes(one.state)) return { result: 'import-not-checked' };
  if (!(await listFiles(deps)).includes(id)) return { result: 'file-gone' };
  const { problems } = await lookAt(fileOf(deps.config, id), one);
  return problems.length > 0 ? { result: 'columns-not-right' } : { result: 'done', import: one };
}

/** Of two that want to begin at once, one does. */
async function start(
  deps: Deps,
  { one, state, anew }: { one: Import; state: 'checking' | 'running'; anew: boolean },
): Promise<Step> {
  const at = deps.now();
  const { numUpdatedRows } = await deps.db
    .updateTable('imports')
    .set({
      state,
      stop_asked: 0,
      language: one.language,
      started_at: at,
      alive_at: at,
      finished_at: null,
      rows_before: one.rowsBefore,
      rows_done: one.rowsDone,
      ...(anew ? { bytes_done: 0, last_line: 0, totals: JSON.stringify(noTotals()), problems: '[]' } : {}),
    })
    .where('id', '=', one.id)
    .where('state', '=', one.state)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('imports as other')
            .select('other.id')
            .where('other.state', 'in', underWay)
            .where('other.alive_at', '>', at - silence),
        ),
      ),
    )
    .executeTakeFirst();
  const now = await readImport(deps.db, one.id);
  if (!now) return { result: 'import-unknown' };
  return numUpdatedRows === 1n ? { result: 'done', import: now } : { result: 'import-busy' };
}

/** Asks the work under way to stop after the rows it is writing. */
export async function cancelImport(deps: Deps, id: string): Promise<Step> {
  const { numUpdatedRows } = await deps.db
    .updateTable('imports')
    .set({ stop_asked: 1 })
    .where('id', '=', id)
    .where('state', 'in', underWay)
    .executeTakeFirst();
  const one = await readImport(deps.db, id);
  if (!one) return { result: 'import-unknown' };
  return numUpdatedRows === 1n ? { result: 'done', import: one } : { result: 'import-not-under-way' };
}

/** Removes an import that is not under way: its file, and what came of its rows. */
export async function discardImport(deps: Deps, id: string): Promise<Step> {
  const one = await readImport(deps.db, id);
  if (!one) return { result: 'import-unknown' };
  const { numDeletedRows } = await deps.db
    .deleteFrom('imports')
    .where('id', '=', id)
    .where('state', 'not in', underWay)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return { result: 'import-under-way' };
  await dropFile(deps, id);
  return { result: 'done', import: one };
}
