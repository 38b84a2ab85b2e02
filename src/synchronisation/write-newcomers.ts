import { recordEvents } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { peopleBinding } from '../people/person.ts';
import { addSearchKeysOf } from '../people/search-keys.ts';
import { newId } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
import type { Wanted } from './wanted.ts';

/** Rows in one statement: few different statements, each known to the database after the first time. */
const rowsAtOnce = 50;

function rowOf({ secrets, now }: Deps, id: string, wanted: Wanted) {
  const { sealing } = secrets;
  const { workMailbox: mailbox, officePhone: office } = wanted;
  return {
    id,
    directory_id: wanted.directoryId,
    user_name: wanted.userName,
    display_name: wanted.displayName,
    language: null,
    work_mailbox: mailbox && sealing.seal(mailbox, peopleBinding(id, 'work_mailbox')),
    office_phone: office && sealing.seal(JSON.stringify(office), peopleBinding(id, 'office_phone')),
    appeared_at: now(),
    disabled_at: wanted.disabled ? now() : null,
    last_sign_in_at: null,
    session_epoch: 0,
    proven_methods: 0,
    question_count: 0,
    last_check_at: null,
    demanded_at: null,
    first_asked_at: null,
    postponed_until: null,
    blocked_at: null,
    blocked_why: null,
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
    .values(some.map((wanted) => rowOf(deps, newId(), wanted)))
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
