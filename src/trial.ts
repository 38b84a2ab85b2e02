import type { Writable } from 'node:stream';
import type { Deps } from './deps.ts';
import { addPerson } from './people/write-person.ts';
import { defaultPolicy } from './policy/policy.ts';
import { replacePolicy } from './policy/versions.ts';
import { newPassword } from './secrets/random.ts';
import { readMeta, writeMeta } from './store/database.ts';

const people = [
  { userName: 'jan', displayName: 'Jan de Vries', officePhone: { number: '+31207940000', extension: '12' } },
  { userName: 'zoe', displayName: 'Zoë Jansen', officePhone: null },
  { userName: 'sam', displayName: 'Sam Smith', officePhone: { number: '+31207940000', extension: '34' } },
];

const begun = 'begun';

/** A first start that was cut off in the middle leaves people whose passwords nobody has seen: they go. */
async function clearCutOff({ db }: Deps): Promise<void> {
  const names = people.map(({ userName }) => userName);
  await db.deleteFrom('people').where('user_name', 'in', names).execute();
  await db.deleteFrom('embedded_accounts').where('user_name', 'in', names).execute();
}

/** Whether this house was started without people of its own, and so holds the people of the trial. */
export async function isTrial({ db }: Deps): Promise<boolean> {
  return (await readMeta(db, 'trial')) !== undefined;
}

async function isEmpty({ db }: Deps): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) === undefined;
}

async function setTrialPolicy({ db, now }: Deps): Promise<void> {
  const policy = { ...defaultPolicy, organisationName: 'Voorbeeld', ownMailDomains: ['example.org'] };
  await replacePolicy(db, policy, { basedOn: 0, by: 'trial', at: now() });
}

/**
 * Fills an empty house with an example organisation, and prints the people's passwords: once, since they are kept only
 * as hashes. A house that has people, or had a trial, is left alone.
 */
export async function startTrial(deps: Deps, out: Writable): Promise<void> {
  if ((await readMeta(deps.db, 'trial')) === begun) await clearCutOff(deps);
  else if ((await isTrial(deps)) || !(await isEmpty(deps))) return;
  await writeMeta(deps.db, 'trial', begun);
  await setTrialPolicy(deps);
  const lines: string[] = [];
  for (const person of people) {
    const password = deps.config.trialPassword ?? newPassword();
    const workMailbox = `${person.userName}@example.org`;
    const language = person.userName === 'sam' ? 'en' : 'nl';
    const added = { ...person, language, workMailbox, groups: [] } as const;
    await addPerson(deps, added, { actor: { kind: 'system' }, password });
    lines.push(`    ${person.userName.padEnd(6)} ${password}`);
  }
  out.write(`\n  An example organisation, to try Sparekey with. Sign in as one of these people;\n`);
  out.write(`  the passwords are shown only this once:\n\n${lines.join('\n')}\n`);
  await writeMeta(deps.db, 'trial', String(deps.now()));
}
