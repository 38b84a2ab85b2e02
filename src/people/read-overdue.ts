import type { Db } from '../store/schema.ts';
import { listOverdue, type OverdueAsked, type OverduePerson } from './list-overdue.ts';

/** Somebody overdue, by name. */
export interface NamedOverdue extends OverduePerson {
  displayName: string;
}

/** Reads a page of overdue people with their names; undefined when `after` is no place. */
export async function readOverdue(
  db: Db,
  asked: OverdueAsked,
): Promise<{ people: NamedOverdue[]; next: string | null } | undefined> {
  const page = await listOverdue(db, asked);
  return page && { people: await withNames(db, page.people), next: page.next };
}

/** Reads all of them, page after page, so that a million take no more memory than one page. */
export async function* overduePages(db: Db, asked: OverdueAsked): AsyncGenerator<NamedOverdue[]> {
  let after: string | null = asked.query.after;
  while (after !== null) {
    const page = await readOverdue(db, { ...asked, query: { ...asked.query, after } });
    if (!page) return;
    yield page.people;
    after = page.next;
  }
}

async function withNames(db: Db, people: readonly OverduePerson[]): Promise<NamedOverdue[]> {
  if (people.length === 0) return [];
  const rows = await db
    .selectFrom('people')
    .select(['user_name', 'display_name'])
    .where(
      'user_name',
      'in',
      people.map(({ userName }) => userName),
    )
    .execute();
  const names = new Map(rows.map((row) => [row.user_name, row.display_name]));
  return people.map((person) => ({ ...person, displayName: names.get(person.userName) ?? person.userName }));
}
