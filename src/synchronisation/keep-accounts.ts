import { type Deps, inTransaction } from '../deps.ts';
import type { Account } from '../directory/directory.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/versions.ts';
import type { Db } from '../store/schema.ts';
import { fillInFromDirectory } from './fill-in.ts';
import { type Known, readKnown } from './known.ts';
import { type Wanted, wantedOf } from './wanted.ts';
import { renamePerson, writeKnown } from './write-known.ts';
import { writeNewcomers } from './write-newcomers.ts';

/** What came of some accounts. */
export interface Kept {
  added: number;
  changed: number;
  same: number;
  /** Whose name cannot be used here, or belongs to somebody else. */
  unusable: number;
}

/** Somebody who is gone gives a name free for who has it now, and keeps what was proven under another. */
async function giveNameUp(tx: Db, person: Person): Promise<void> {
  await renamePerson(tx, person, `${person.userName}.gone-${person.id.slice(0, 8).toLowerCase()}`);
}

type Place = { result: 'known'; person: Person } | { result: 'new' } | { result: 'unusable' };

/** Finds who an account is here: by its id for good, else by the name of somebody never seen in the directory. */
async function placeOf(tx: Db, { byId, byName }: Known, wanted: Wanted): Promise<Place> {
  if (wanted.userName === '') return { result: 'unusable' };
  const [known, named] = [byId.get(wanted.directoryId), byName.get(wanted.userName)];
  if (!named || named.id === known?.id) return known ? { result: 'known', person: known } : { result: 'new' };
  if (named.directoryId === null && !known) return { result: 'known', person: named };
  if (named.directoryId === null || named.disabledAt === null) return { result: 'unusable' };
  await giveNameUp(tx, named);
  return known ? { result: 'known', person: known } : { result: 'new' };
}

/** Looks once more who the accounts are by now, and fills in what people consented to. */
async function fillIn(
  tx: Db,
  deps: Deps,
  { wanted, policy }: { wanted: readonly Wanted[]; policy: Policy },
): Promise<void> {
  const { byId } = await readKnown({ db: tx, sealing: deps.secrets.sealing }, wanted);
  for (const one of wanted) {
    const person = byId.get(one.directoryId);
    if (person) await fillInFromDirectory(tx, deps, { person, wanted: one, policy });
  }
}

/** A directory that changes while it is gone through may list somebody twice on a page: what comes last stands. */
export function onlyOnce(page: readonly Account[]): Account[] {
  return [...new Map(page.map((account) => [account.directoryId, account])).values()];
}

/** Keeps some hundreds of accounts as they stand in the directory, in one transaction; safe to repeat. */
export async function keepAccounts(deps: Deps, accounts: readonly Account[]): Promise<Kept> {
  const policy = await readPolicy(deps.db);
  const wanted = accounts.map((account) => wantedOf(account, policy));
  const kept = { added: 0, changed: 0, same: 0, unusable: 0 };
  await inTransaction(deps.db, async (tx) => {
    const store = { db: tx, sealing: deps.secrets.sealing };
    const known = await readKnown(store, wanted);
    const fresh: Wanted[] = [];
    for (const one of wanted) {
      const place = await placeOf(tx, known, one);
      if (place.result === 'unusable') kept.unusable += 1;
      else if (place.result === 'new') fresh.push(one);
      else if (await writeKnown(tx, deps, { person: place.person, wanted: one })) kept.changed += 1;
      else kept.same += 1;
    }
    kept.added = await writeNewcomers(tx, deps, fresh);
    kept.unusable += fresh.length - kept.added;
    if (deps.config.directory?.fillIn.length) await fillIn(tx, deps, { wanted, policy });
  });
  return kept;
}
