import type { Deps } from '../deps.ts';
import { findPerson, type Person } from '../people/person.ts';
import { keepAccounts } from './keep-accounts.ts';

/** Takes in at once somebody whom the directory knows and no synchronisation has brought yet. */
export async function takeIn(deps: Deps, userName: string): Promise<Person | undefined> {
  const account = await deps.directory.elsewhere?.readAccount(userName);
  if (!account) return undefined;
  await keepAccounts(deps, [account]);
  return findPerson({ db: deps.db, sealing: deps.secrets.sealing }, userName);
}
