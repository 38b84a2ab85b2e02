import { countEffects } from '../../src/people/count-effects.ts';
import { countOverview } from '../../src/people/count-overview.ts';
import { findPeople } from '../../src/people/find-people.ts';
import { listOverdue, type OverdueQuery } from '../../src/people/list-overdue.ts';
import { listStanding } from '../../src/people/list-standing.ts';
import { standingNames } from '../../src/people/standings-sought.ts';
import { defaultTerms, type Terms, termsAfter } from '../../src/policy/askings.ts';
import { policySchema } from '../../src/policy/policy.ts';
import type { Database } from '../../src/store/schema.ts';
import type { Work } from './measure.ts';

const day = 86_400_000;

/** The moment at which the generated people are looked at. */
export const now = Date.UTC(2026, 10, 1, 12);

/** A count of everybody, and a page through a filter, at most; milliseconds. */
const [second, filtered] = [1_000, 100];

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
    promise: query.group === undefined && query.prefix === undefined ? 'flat' : filtered,
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

/** The lists behind the bars of the overview: the first page, and one in the middle of the alphabet. */
function standingWork(db: Database): Work[] {
  return (['everybody', 'staff'] as const).flatMap((policy) =>
    standingNames.flatMap((name) =>
      ['', 'g'].map(
        (after): Work => ({
          name: `people, ${name}, ${after === '' ? 'first page' : 'middle'}, policy: ${policy}`,
          promise: filtered,
          run: () => listStanding(db, termsWith(policies[policy]), { name, after, limit: 100 }),
        }),
      ),
    ),
  );
}

/** Everything that is measured. */
export async function worksOf(db: Database): Promise<Work[]> {
  return [...searchWork(db), ...standingWork(db), ...(await pagesOf(db)), ...countWork(db)];
}
