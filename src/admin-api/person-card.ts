import { type Deps, inTransaction } from '../deps.ts';
import { changePerson, type PersonChange } from '../people/change-person.ts';
import { findPerson, type OfficePhone, type PeopleStore } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/versions.ts';
import { replaceOfficePhone } from '../registrations/filled-in.ts';
import { readRegistrations } from '../registrations/registration.ts';
import { personAnswerOf } from './person-answer.ts';

/** Reads a person's card. */
export async function readCard(deps: Deps, userName: string) {
  return cardOf(await readPolicy(deps.db), { db: deps.db, sealing: deps.secrets.sealing }, userName);
}

async function cardOf(policy: Policy, store: PeopleStore, userName: string) {
  const person = await findPerson(store, userName);
  return (
    person && personAnswerOf(policy, { person, registrations: await readRegistrations(store, person.id) })
  );
}

/** What an administrator changes of a person; an absent office phone stays, null clears it. */
export interface Patch {
  change: PersonChange;
  officePhone: OfficePhone | null | undefined;
  by: string;
  policy: Policy;
}

/** Changes a person, all of it or nothing, and gives the card as it is then; undefined when there is no such person. */
export async function patchPerson(deps: Deps, userName: string, { change, officePhone, by, policy }: Patch) {
  return inTransaction(deps.db, async (tx) => {
    const inside = { ...deps, db: tx };
    const store = { db: tx, sealing: deps.secrets.sealing };
    const person = await findPerson(store, userName);
    if (!person) return undefined;
    await changePerson(inside, { person, actor: { kind: 'administrator', id: by }, change });
    if (officePhone !== undefined)
      await replaceOfficePhone(inside, { person, administrator: by, officePhone });
    return cardOf(policy, store, userName);
  });
}
