import type { Selectable } from 'kysely';
import type { Db, Tables, Time } from '../store/schema.ts';
import { type ProvenKind, provenKinds } from './status.ts';

/** A person as a line of a list: what is proven and filled in, without any number or address. */
export interface ListedPerson {
  userName: string;
  displayName: string;
  groups: readonly string[];
  appearedAt: Time;
  disabledAt: Time | null;
  blockedAt: Time | null;
  lastSignInAt: Time | null;
  lastCheckAt: Time | null;
  demandedAt: Time | null;
  /** The bits of what counts: equal destinations count once. */
  provenMethods: number;
  questionCount: number;
  proven: readonly ProvenKind[];
  filledIn: readonly ProvenKind[];
}

export interface PeoplePage {
  people: ListedPerson[];
  /** Where the next page begins (`after`); null at the end. */
  next: string | null;
}

/** Reads at most `limit` people whose user names come after `after`, in the order of user names. */
export async function listPeople(
  db: Db,
  { after, limit }: { after: string; limit: number },
): Promise<PeoplePage> {
  const rows = await db
    .selectFrom('people')
    .selectAll()
    .where('user_name', '>', after)
    .orderBy('user_name')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const people = await withMethods(db, page);
  return { people, next: rows.length > limit ? (page.at(-1)?.user_name ?? null) : null };
}

/** Reads the people with these user names, in the order of the names given. */
export async function readListed(db: Db, userNames: readonly string[]): Promise<ListedPerson[]> {
  if (userNames.length === 0) return [];
  const rows = await db.selectFrom('people').selectAll().where('user_name', 'in', userNames).execute();
  const byName = new Map(rows.map((row) => [row.user_name, row]));
  return withMethods(
    db,
    userNames.map((name) => byName.get(name)).filter((row) => row !== undefined),
  );
}

type Row = Selectable<Tables['people']>;

async function withMethods(db: Db, rows: Row[]): Promise<ListedPerson[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [groups, methods] = [await groupsOf(db, ids), await methodsOf(db, ids)];
  return rows.map((row) => ({
    userName: row.user_name,
    displayName: row.display_name,
    groups: (groups.get(row.id) ?? []).map(({ group_name }) => group_name).toSorted(),
    appearedAt: row.appeared_at,
    disabledAt: row.disabled_at,
    blockedAt: row.blocked_at,
    lastSignInAt: row.last_sign_in_at,
    lastCheckAt: row.last_check_at,
    demandedAt: row.demanded_at,
    provenMethods: row.proven_methods,
    questionCount: row.question_count,
    proven: kindsAmong((methods.get(row.id) ?? []).filter(({ proven_at }) => proven_at !== null)),
    filledIn: kindsAmong((methods.get(row.id) ?? []).filter(({ proven_at }) => proven_at === null)),
  }));
}

async function groupsOf(db: Db, ids: string[]) {
  const rows = await db.selectFrom('memberships').selectAll().where('person_id', 'in', ids).execute();
  return Map.groupBy(rows, ({ person_id }) => person_id);
}

async function methodsOf(db: Db, ids: string[]) {
  const rows = await db
    .selectFrom('registrations')
    .select(['person_id', 'method', 'proven_at'])
    .where('person_id', 'in', ids)
    .execute();
  return Map.groupBy(rows, ({ person_id }) => person_id);
}

function kindsAmong(rows: { method: string }[]): ProvenKind[] {
  return provenKinds.filter((kind) => rows.some(({ method }) => method === kind));
}
