import { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { Db } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { type RowResult, remarksOf } from './batch.ts';
import { outcomes } from './import.ts';

const resultRow = z.strictObject({
  line: z.number(),
  userName: z.string(),
  outcome: z.enum(outcomes),
  remarks: z.string(),
  firstPassword: z.string().nullable(),
});

/** What came of one row, in words. */
export type ResultRow = z.infer<typeof resultRow>;

function binding(importId: string) {
  return { table: 'import_results', person: importId, column: 'lines' };
}

/** Keeps what came of a batch, in its transaction; sealed, since first passwords can be among it. `part` is its first row. */
export async function keepResults(
  tx: Db,
  { secrets }: Pick<Deps, 'secrets'>,
  { id, part, results, language }: { id: string; part: number; results: RowResult[]; language: Language },
): Promise<void> {
  const rows: ResultRow[] = results.map((result) => ({
    line: result.line,
    userName: result.userName.toWellFormed(),
    outcome: result.outcome,
    remarks: remarksOf(language, result).toWellFormed(),
    firstPassword: result.firstPassword,
  }));
  const lines = secrets.sealing.seal(JSON.stringify(rows), binding(id));
  await tx.insertInto('import_results').values({ import_id: id, part, lines }).execute();
}

/** Reads what came of each row, in the order of the file, a batch at a time. */
export async function* readResults(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  id: string,
): AsyncGenerator<ResultRow[]> {
  let after = -1;
  for (;;) {
    const kept = await db
      .selectFrom('import_results')
      .selectAll()
      .where('import_id', '=', id)
      .where('part', '>', after)
      .orderBy('part')
      .executeTakeFirst();
    if (!kept) return;
    after = kept.part;
    yield z.array(resultRow).parse(JSON.parse(secrets.sealing.open(kept.lines, binding(id))));
  }
}
