import { endAccessCodes, findAccessCode } from '../access-codes/access-codes.ts';
import { readAdministratorNames } from '../administrators/administrator.ts';
import type { Actor } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { raiseRevision } from '../people/administer.ts';
import { changePerson, type PersonChange } from '../people/change-person.ts';
import { readGivenUp, readOtherMessages } from '../people/given-up.ts';
import { findPerson, type OfficePhone, type Person } from '../people/person.ts';
import { readTerms } from '../policy/askings.ts';
import { replaceOfficePhone } from '../registrations/filled-in.ts';
import { readMethods } from '../registrations/registration.ts';
import { readResting } from '../registrations/unlock-person.ts';
import { personAnswerOf } from './card-answer.ts';

/** Finds a person by the user name in its normal form. */
export function findByName({ db, secrets }: Pick<Deps, 'db' | 'secrets'>, userName: string) {
  return findPerson({ db, sealing: secrets.sealing }, userName);
}

/** Reads a person's card; undefined when there is no such person. */
export async function readCard(deps: Deps, userName: string) {
  const { db, secrets } = deps;
  const person = await findByName(deps, userName);
  if (!person) return undefined;
  const methods = await readMethods({ db, sealing: secrets.sealing }, person.id);
  const kept = [...Object.values(methods.registrations), ...methods.unreadable];
  const accessCode = await findAccessCode(db, deps.now(), person.id);
  const asked = accessCode ? [accessCode.requestedBy, accessCode.approvedBy] : [];
  const ids = [...asked, ...kept.flatMap(({ consent }) => consent?.recordedBy ?? [])].filter(
    (id) => id !== null,
  );
  const judging = { terms: await readTerms(db), now: deps.now() };
  return personAnswerOf(judging, {
    person,
    methods: kept,
    lockedUntil: await deps.directory.lockedUntil(userName),
    resting: await readResting(deps, person),
    accessCode,
    givenUp: await readGivenUp(db, person.id),
    messages: await readOtherMessages(db, person.id),
    names: await readAdministratorNames(db, ids),
  });
}

/** What an administrator changes of a person; an absent office phone stays, null clears it. */
export interface Patch {
  change: PersonChange;
  officePhone: OfficePhone | null | undefined;
  actor: Actor;
  address: string | undefined;
  /** The revision that the administrator looked at; absent: whatever it is now. */
  basedOn: number | undefined;
}

export type Patched = { result: 'patched' | 'person-unknown' | 'person-changed-meanwhile' };

/** Changes a person, all of it or nothing. */
export async function patchPerson(deps: Deps, userName: string, patch: Patch): Promise<Patched> {
  return inTransaction(deps.db, async (tx): Promise<Patched> => {
    const inside = { ...deps, db: tx };
    const person = await findByName({ ...deps, db: tx }, userName);
    if (!person) return { result: 'person-unknown' };
    if (!(await isAsLookedAt(inside, person, patch))) return { result: 'person-changed-meanwhile' };
    const { actor, officePhone } = patch;
    await changePerson(inside, { person, actor, address: patch.address, change: patch.change });
    if (patch.change.disabled) await endAccessCodes(tx, deps.now(), person.id);
    if (officePhone !== undefined)
      await replaceOfficePhone(inside, { person, actor, address: patch.address, officePhone });
    return { result: 'patched' };
  });
}

/** The raise takes the row's lock: of two administrators the second sees the first one's change. */
async function isAsLookedAt({ db }: Pick<Deps, 'db'>, { id }: Person, { basedOn }: Patch): Promise<boolean> {
  return basedOn === undefined || raiseRevision(db, id, basedOn);
}
