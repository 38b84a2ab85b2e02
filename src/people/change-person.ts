import { recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { type Act, actOn } from './administer.ts';
import { type Person, peopleBinding } from './person.ts';
import { writeSearchKeys } from './search-keys.ts';
import { writeGroups } from './write-person.ts';

/** What changing a person needs. */
export interface ChangingPeople {
  db: Db;
  secrets: Pick<Secrets, 'sealing'>;
  now(): Time;
}

/** What is to be different; what is absent stays as it is. */
export interface PersonChange {
  displayName?: string | undefined;
  language?: Language | null | undefined;
  workMailbox?: string | null | undefined;
  disabled?: boolean | undefined;
  groups?: readonly string[] | undefined;
}

/** Who changes whom, and what. */
export type Changing = Act & { change: PersonChange };

/**
 * Changes what Sparekey knows of a person, audited with the names of what changed. Disabling ends every session.
 * Answers `same` when nothing would be different.
 */
export async function changePerson(
  deps: ChangingPeople,
  changing: Changing,
): Promise<{ result: 'changed' | 'same' }> {
  const { person, change } = changing;
  const changed = changedNames(person, change);
  if (changed.length === 0) return { result: 'same' };
  return inTransaction(deps.db, async (tx) => {
    await updateRow({ ...deps, db: tx }, changing);
    if (change.groups) await writeGroups(tx, person, change.groups);
    if (change.displayName !== undefined)
      await writeSearchKeys(tx, { userName: person.userName, displayName: change.displayName });
    await recordEvent(tx, deps.now(), {
      event: 'person-changed',
      ...actOn(changing),
      details: {
        changed: changed.join(' '),
        ...(changed.includes('disabled') ? { disabled: change.disabled ?? null } : {}),
      },
    });
    return { result: 'changed' };
  });
}

const names = ['displayName', 'language', 'workMailbox', 'disabled', 'groups'] as const;

/** What a change is compared with. */
export function changeableOf(person: Person): Required<PersonChange> {
  const { displayName, language, workMailbox, groups, disabledAt } = person;
  return { displayName, language, workMailbox, disabled: disabledAt !== null, groups: groups.toSorted() };
}

function changedNames(person: Person, change: PersonChange): string[] {
  const known = changeableOf(person);
  const wanted = { ...change, groups: change.groups && [...new Set(change.groups)].toSorted() };
  return names.filter(
    (name) => wanted[name] !== undefined && JSON.stringify(wanted[name]) !== JSON.stringify(known[name]),
  );
}

async function updateRow({ db, secrets, now }: ChangingPeople, { person, change }: Changing): Promise<void> {
  const { workMailbox: mailbox } = change;
  const disabling = change.disabled === true && person.disabledAt === null;
  const sealed = mailbox && secrets.sealing.seal(mailbox, peopleBinding(person.id, 'work_mailbox'));
  await db
    .updateTable('people')
    .set((row) => ({
      display_name: change.displayName ?? row.ref('display_name'),
      language: change.language === undefined ? row.ref('language') : change.language,
      work_mailbox: mailbox === undefined ? row.ref('work_mailbox') : (sealed ?? null),
      disabled_at: disabling ? now() : change.disabled === false ? null : row.ref('disabled_at'),
      revision: row('revision', '+', 1),
      session_epoch: disabling ? row('session_epoch', '+', 1) : row.ref('session_epoch'),
    }))
    .where('id', '=', person.id)
    .execute();
}
