import { recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import type { Db } from '../store/schema.ts';
import { type Act, type Acting, actOn, raiseRevision } from './administer.ts';
import { type PeoplePage, readListed } from './list-people.ts';

/** A group: it is there as long as it has members. */
export interface Group {
  name: string;
  members: number;
}

/** Reads every group with the number of its members, in the order of the names. */
export async function listGroups(db: Db): Promise<Group[]> {
  const rows = await db
    .selectFrom('memberships')
    .select((eb) => ['group_name', eb.fn.countAll().as('members')])
    .groupBy('group_name')
    .orderBy('group_name')
    .execute();
  return rows.map((row) => ({ name: row.group_name, members: Number(row.members) }));
}

/** Reads at most `limit` members of a group whose user names come after `after`, in the order of user names. */
export async function listMembers(
  db: Db,
  group: string,
  { after, limit }: { after: string; limit: number },
): Promise<PeoplePage> {
  const names = (await memberNames(db, group, { after, limit: limit + 1 }).execute()).flatMap(
    ({ user_name }) => user_name ?? [],
  );
  const page = names.slice(0, limit);
  return { people: await readListed(db, page), next: names.length > limit ? (page.at(-1) ?? null) : null };
}

/** The user names of a group after one of them: a range of one index. */
export function memberNames(db: Db, group: string, { after, limit }: { after: string; limit: number }) {
  return db
    .selectFrom('memberships')
    .select('user_name')
    .where('group_name', '=', group)
    .where('user_name', '>', after)
    .orderBy('user_name')
    .limit(limit);
}

/** Adds a person to a group; the group is there from then on. */
export async function joinGroup(
  deps: Acting,
  act: Act,
  group: string,
): Promise<{ result: 'added' | 'same' }> {
  const { id, userName } = act.person;
  return inTransaction(deps.db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('memberships')
      .values({ person_id: id, group_name: group, user_name: userName })
      .onConflict((c) => c.columns(['person_id', 'group_name']).doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return { result: 'same' };
    await tellOfGroup({ ...deps, db: tx }, act, { added: group });
    return { result: 'added' };
  });
}

/** Takes a person out of a group; with its last member the group is gone. */
export async function leaveGroup(
  deps: Acting,
  act: Act,
  group: string,
): Promise<{ result: 'removed' | 'same' }> {
  return inTransaction(deps.db, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('memberships')
      .where('person_id', '=', act.person.id)
      .where('group_name', '=', group)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return { result: 'same' };
    await tellOfGroup({ ...deps, db: tx }, act, { removed: group });
    return { result: 'removed' };
  });
}

async function tellOfGroup(
  { db, now }: Acting,
  act: Act,
  which: { added: string } | { removed: string },
): Promise<void> {
  await raiseRevision(db, act.person.id);
  await recordEvent(db, now(), {
    event: 'person-changed',
    ...actOn(act),
    details: { changed: 'groups', ...which },
  });
}
