import { recordEvents } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { newPersonRow } from '../people/new-person-row.ts';
import { addSearchKeysOf } from '../people/search-keys.ts';
import { newId } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
import type { Wanted } from './wanted.ts';

/** Rows in one statement: few different statements, each known to the database after the first time. */
const rowsAtOnce = 50;

function rowOf(deps: Deps, wanted: Wanted) {
  return {
    ...newPersonRow(deps, newId(), { ...wanted, language: null }),
    directory_id: wanted.directoryId,
  };
}

/** Adds people who are new, some at a time, in the transaction given; whose name or id is taken by now is left out. */
export async function writeNewcomers(tx: Db, deps: Deps, newcomers: readonly Wanted[]): Promise<number> {
  let added = 0;
  for (let at = 0; at < newcomers.length; at += rowsAtOnce)
    added += await writeSome(tx, deps, newcomers.slice(at, at + rowsAtOnce));
  return added;
}

async function writeSome(tx: Db, deps: Deps, some: readonly Wanted[]): Promise<number> {
  const written = await tx
    .insertInto('people')
    .values(some.map((wanted) => rowOf(deps, wanted)))
    .onConflict((c) => c.doNothing())
    .returning(['id', 'user_name'])
    .execute();
  const ids = new Map(written.map(({ id, user_name }) => [user_name, id]));
  const added = some.flatMap((wanted) => {
    const id = ids.get(wanted.userName);
    return id === undefined ? [] : [{ id, wanted }];
  });
  const memberships = added.flatMap(({ id, wanted }) =>
    wanted.groups.map((group_name) => ({ person_id: id, group_name, user_name: wanted.userName })),
  );
  for (let at = 0; at < memberships.length; at += rowsAtOnce)
    await tx
      .insertInto('memberships')
      .values(memberships.slice(at, at + rowsAtOnce))
      .execute();
  await addSearchKeysOf(
    tx,
    added.map(({ wanted }) => wanted),
  );
  await recordEvents(
    tx,
    deps.now(),
    added.map(({ id, wanted }) => ({
      event: 'person-added' as const,
      actor: { kind: 'system' as const },
      subject: id,
      details: { groups: wanted.groups.length, officePhone: wanted.officePhone !== null, directory: true },
    })),
  );
  return added.length;
}
