import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openEmbeddedDatabase } from '../../src/store/database.ts';
import { now, worksOf } from './admin-works.ts';
import { inMs, type Measured, measure, tableOf, type Work } from './measure.ts';
import { populate } from './population.ts';

const second = 1_000;
/** A page may cost so many times more at the largest size than at the smallest, or be this fast anyway (ms). */
const flat = { times: 4, anyway: 25 };

async function measureAt(count: number): Promise<{ work: Work; measured: Measured }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-bench-'));
  const file = join(folder, 'sparekey.db');
  try {
    const empty = openEmbeddedDatabase(file);
    await migrate(empty);
    await empty.destroy();
    const start = performance.now();
    populate(file, { count, now });
    process.stderr.write(`${count} people in ${((performance.now() - start) / second).toFixed(1)} s\n`);
    const db = openEmbeddedDatabase(file);
    const found = [];
    for (const work of await worksOf(db))
      found.push({ work, measured: await measure(work, work.promise === 'flat' ? 9 : 5) });
    await db.destroy();
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Column = { work: Work; measured: Measured }[];

/**
 * Measures what administrators ask at each of these sizes, and gives the promises that were not kept. These are judged
 * by the time of this process alone: whatever else the machine does is not ours.
 */
export async function benchAdmin(sizes: readonly number[], write: (text: string) => void): Promise<string[]> {
  const columns: Column[] = [];
  for (const size of sizes) columns.push(await measureAt(size));
  const rows = (columns[0] ?? []).map(({ work }, at) => ({
    work,
    measured: columns.map((column) => column[at]?.measured ?? { median: 0, cpu: 0 }),
  }));
  const head = ['ms (of this process alone), median', ...sizes.map((size) => `${size} people`), 'ratio'];
  const cells = rows.map(({ work, measured }) => [
    work.name,
    ...measured.map(({ median, cpu }) => `${inMs(median)} (${inMs(cpu)})`),
    ratioOf(measured).toFixed(1),
  ]);
  write(tableOf([head, ...cells]));
  return rows.filter((row) => !isKept(row)).map(({ work }) => work.name);
}

/** How much more it costs at the largest size than at the smallest. */
function ratioOf(measured: readonly Measured[]): number {
  return (measured.at(-1)?.cpu ?? 0) / (measured[0]?.cpu || 1);
}

function isKept({ work, measured }: { work: Work; measured: readonly Measured[] }): boolean {
  const largest = measured.at(-1)?.cpu ?? 0;
  if (work.promise !== 'flat') return largest <= work.promise;
  return ratioOf(measured) <= flat.times || largest <= flat.anyway;
}
