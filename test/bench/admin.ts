import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countEffects } from '../../src/people/count-effects.ts';
import { countOverview } from '../../src/people/count-overview.ts';
import { findPeople } from '../../src/people/find-people.ts';
import { listOverdue, type OverdueQuery } from '../../src/people/list-overdue.ts';
import { defaultTerms, type Terms, termsAfter } from '../../src/policy/askings.ts';
import { policySchema } from '../../src/policy/policy.ts';
import { migrate, openEmbeddedDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';
import { inMs, type Measured, measure, tableOf, type Work } from './measure.ts';
import { populate } from './population.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 1, 12);
const second = 1_000;
/** A page may cost so many times more at the largest size than at the smallest, or be this fast anyway (ms). */
const flat = { times: 4, anyway: 25 };

const policies = {
  everybody: {},
  privileged: { privilegedGroups: ['Admins'] },
  staff: { enabledFor: { who: 'groups', groups: ['Staff'], except: ['Department 7'] } },
  strict: { methodsToRegister: 3, checkAgainAfterDays: 30 },
};

/** The terms in which a policy has been in force for long. */
function termsWith(settings: object): Terms {
  return termsAfter(defaultTerms, policySchema.parse(settings), now - 500 * day);
}

const pageSizes = { limit: 50, after: '' };
const firstPage: OverdueQuery = { sort: 'since', order: 'asc', ...pageSizes };

function overdueWork(
  db: Database,
  name: string,
  { terms, query }: { terms: Terms; query: OverdueQuery },
): Work {
  return {
    name,
    promise: 'flat',
    run: () => listOverdue(db, { terms, now, by: now, query }),
  };
}

/** Goes on from the first page until about the middle, by the cursor of somebody in the middle. */
async function middleOf(db: Database, terms: Terms, sort: 'since' | 'name'): Promise<string> {
  const query = { ...firstPage, sort, limit: 500 };
  let after = '';
  const { overdue } = await countOverview(db, terms, now);
  const half = Object.values(overdue).reduce((sum, count) => sum + count, 0) / 2;
  for (let seen = 0; seen < half; seen += 500) {
    const page = await listOverdue(db, { terms, now, by: now, query: { ...query, after } });
    if (!page?.next) break;
    after = page.next;
  }
  return after;
}

async function pagesOf(db: Database): Promise<Work[]> {
  const works: Work[] = [];
  const everybody = termsWith(policies.everybody);
  for (const sort of ['since', 'name'] as const) {
    const terms = everybody;
    const query = { ...firstPage, sort };
    const after = await middleOf(db, terms, sort);
    works.push(
      overdueWork(db, `overdue by ${sort}, first page`, { terms, query }),
      overdueWork(db, `overdue by ${sort}, middle`, { terms, query: { ...query, after } }),
      overdueWork(db, `overdue by ${sort}, last page`, { terms, query: { ...query, order: 'desc' } }),
      overdueWork(db, `overdue by ${sort}, one reason`, { terms, query: { ...query, reason: 'check-due' } }),
      overdueWork(db, `overdue by ${sort}, a large group`, { terms, query: { ...query, group: 'Staff' } }),
      overdueWork(db, `overdue by ${sort}, a department`, {
        terms,
        query: { ...query, group: 'Department 3' },
      }),
      overdueWork(db, `overdue by ${sort}, a name`, { terms, query: { ...query, prefix: 'visser' } }),
    );
    for (const name of ['privileged', 'staff'] as const)
      works.push(
        overdueWork(db, `overdue by ${sort}, policy: ${name}`, { terms: termsWith(policies[name]), query }),
      );
  }
  return works;
}

function searchWork(db: Database): Work[] {
  return ['a', 'jans', 'zoe bakker', 'a.visser12', 'nobody'].map((search) => ({
    name: `search “${search}”`,
    promise: 'flat',
    run: () => findPeople(db, { search, after: '', limit: 20 }),
  }));
}

function countWork(db: Database): Work[] {
  const overviews = Object.entries(policies).map(([name, settings]): Work => {
    const terms = termsWith(settings);
    return { name: `overview, policy: ${name}`, promise: second, run: () => countOverview(db, terms, now) };
  });
  const previews = Object.entries(policies).map(([name, settings]): Work => {
    const from = termsWith(policies.everybody);
    const to = termsAfter(from, policySchema.parse({ ...settings, registerWithinDays: 14 }), now);
    return { name: `preview, to: ${name}`, promise: second, run: () => countEffects(db, { from, to, now }) };
  });
  return [...overviews, ...previews];
}

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
    for (const work of [...searchWork(db), ...(await pagesOf(db)), ...countWork(db)])
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
