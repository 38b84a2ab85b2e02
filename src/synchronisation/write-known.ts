import type { Deps } from '../deps.ts';
import { changePerson } from '../people/change-person.ts';
import type { Person } from '../people/person.ts';
import { writeSearchKeysOf } from '../people/search-keys.ts';
import { replaceOfficePhone } from '../registrations/filled-in.ts';
import type { Db } from '../store/schema.ts';
import type { Wanted } from './wanted.ts';

const actor = { kind: 'system' } as const;

/** Gives a person another user name, and with it everything that is found by it. */
export async function renamePerson(tx: Db, person: Person, userName: string): Promise<Person> {
  // The keys hold on to the name until they are gone.
  await tx.deleteFrom('search_keys').where('user_name', '=', person.userName).execute();
  await tx.updateTable('people').set({ user_name: userName }).where('id', '=', person.id).execute();
  await tx
    .updateTable('memberships')
    .set({ user_name: userName })
    .where('person_id', '=', person.id)
    .execute();
  const renamed = person.after({ user_name: userName });
  await writeSearchKeysOf(tx, [renamed]);
  return renamed;
}

/**
 * Makes somebody known as the directory has them, in the transaction given: by the same rules that an administrator's
 * change follows. What was proven stays, except that another office phone ends its proof. False: nothing was different.
 */
export async function writeKnown(
  tx: Db,
  deps: Deps,
  known: { person: Person; wanted: Wanted },
): Promise<boolean> {
  const { wanted } = known;
  const inside = { ...deps, db: tx };
  const named = known.person.userName !== wanted.userName;
  const person = named ? await renamePerson(tx, known.person, wanted.userName) : known.person;
  const bound = person.directoryId !== wanted.directoryId;
  if (bound)
    await tx
      .updateTable('people')
      .set({ directory_id: wanted.directoryId })
      .where('id', '=', person.id)
      .execute();
  const { displayName, workMailbox, groups, disabled, officePhone } = wanted;
  const change = { displayName, workMailbox, groups, disabled };
  const changed = await changePerson(inside, { person, actor, change });
  const phone = await replaceOfficePhone(inside, { person, actor, officePhone });
  return named || bound || changed.result === 'changed' || phone.result === 'replaced';
}
