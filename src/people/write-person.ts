import { type Actor, recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import { addEmbeddedAccount } from '../directory/embedded.ts';
import { newId, newPassword } from '../secrets/random.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Db, Time } from '../store/schema.ts';
import { newPersonRow } from './new-person-row.ts';
import type { Person } from './person.ts';
import { addSearchKeysOf } from './search-keys.ts';
import { isUserName, normaliseUserName } from './user-name.ts';

/** What adding people needs. */
export interface AddingPeople {
  db: Db;
  secrets: Pick<Secrets, 'sealing' | 'hashing'>;
  now(): Time;
}

/** Who a new person is; everything but the user name is parsed already. */
export type NewPerson = Pick<
  Person,
  'userName' | 'displayName' | 'language' | 'workMailbox' | 'officePhone' | 'groups'
>;

/** Who adds; a password given here is the person's lasting one, otherwise a one-time password is generated. */
export interface Adding {
  actor: Actor;
  address?: string | undefined;
  password?: string;
}

export type Added =
  | { result: 'added'; personId: string; userName: string; firstPassword: string }
  | { result: 'user-name-unusable' | 'name-taken' };

/**
 * Adds a person and an account in the embedded directory, in one transaction. The first password is given here and
 * never again; when generated it must be changed at the first sign-in. Rejects with `TooBusy`.
 */
export async function addPerson(deps: AddingPeople, person: NewPerson, adding: Adding): Promise<Added> {
  const userName = normaliseUserName(person.userName);
  if (!isUserName(userName)) return { result: 'user-name-unusable' };
  const firstPassword = adding.password ?? newPassword();
  const passwordHash = await deps.secrets.hashing.hashPassword(firstPassword);
  return inTransaction(deps.db, async (tx): Promise<Added> => {
    const personId = newId();
    const added = await insertPerson({ ...deps, db: tx }, personId, { ...person, userName });
    if (!added) return { result: 'name-taken' };
    await writeGroups(tx, { id: personId, userName }, person.groups);
    await addSearchKeysOf(tx, [{ userName, displayName: person.displayName }]);
    await addEmbeddedAccount(tx, deps.now(), {
      userName,
      passwordHash,
      oneTime: adding.password === undefined,
    });
    await recordEvent(tx, deps.now(), {
      event: 'person-added',
      actor: adding.actor,
      subject: personId,
      ...(adding.address === undefined ? {} : { address: adding.address }),
      details: { groups: person.groups.length, officePhone: person.officePhone !== null },
    });
    return { result: 'added', personId, userName, firstPassword };
  });
}

/** Writes the groups of a person, in place of those there were. */
export async function writeGroups(
  tx: Db,
  { id, userName }: Pick<Person, 'id' | 'userName'>,
  groups: readonly string[],
): Promise<void> {
  await tx.deleteFrom('memberships').where('person_id', '=', id).execute();
  if (groups.length === 0) return;
  const names = [...new Set(groups)];
  const rows = names.map((group_name) => ({ person_id: id, group_name, user_name: userName }));
  await tx.insertInto('memberships').values(rows).execute();
}

async function insertPerson(deps: AddingPeople, id: string, person: NewPerson): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await deps.db
    .insertInto('people')
    .values(newPersonRow(deps, id, person))
    .onConflict((c) => c.column('user_name').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
