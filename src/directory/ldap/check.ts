import { Attribute, Change, type Client, type Entry } from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import type { Time } from '../../store/schema.ts';
import { activeDirectory } from './active-directory.ts';
import { closeClient, openClient, resultCode } from './client.ts';
import { judgeDomain } from './domain-rights.ts';
import { accountAttributes, accountOf, oneOf, peopleFilter } from './entry.ts';
import { type Finding, fault, good } from './finding.ts';
import { openLdap } from './openldap.ts';

/** Why a server is of no use, by its code only: texts may quote what was sent. */
function faultOf(url: string, error: unknown): Finding {
  const code = resultCode(error);
  if (code === 49)
    return fault(
      `${url} refuses DIRECTORY_BIND_DN with this password.`,
      'Put DIRECTORY_BIND_DN and DIRECTORY_PASSWORD_FILE right.',
    );
  if (code !== undefined)
    return fault(
      `${url} answers with LDAP result ${code}.`,
      'See that DIRECTORY_BASE is there and that the account may read under it.',
    );
  const kind = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return fault(
    `${url} cannot be used (${kind}).`,
    'See that it runs, that a firewall lets this machine through, and that DIRECTORY_CA_FILE names who signed its certificate.',
  );
}

async function findOne(client: Client, settings: DirectorySettings): Promise<Entry | undefined> {
  const { searchEntries } = await client.search(settings.base, {
    scope: 'sub',
    sizeLimit: 1,
    filter: peopleFilter(settings),
    attributes: accountAttributes(settings),
    explicitBufferAttributes: [settings.attributes.id],
  });
  return searchEntries[0];
}

function judgePerson(settings: DirectorySettings, entry: Entry | undefined): Finding {
  if (!entry)
    return fault(
      'No person is found.',
      'See that DIRECTORY_BASE and DIRECTORY_FILTER are right, and that the account may read there.',
    );
  const account = accountOf(settings, entry, (name) => name);
  const name = oneOf(entry, settings.attributes.userName);
  const mend = (key: string) => `Name another attribute for ${key} in DIRECTORY_ATTRIBUTES.`;
  if (!account) return fault(`A person has no ${settings.attributes.id}.`, mend('id'));
  return name === null
    ? fault(`A person has no ${settings.attributes.userName}.`, mend('userName'))
    : good('A person is found, with a name and an id that stays.');
}

/** Right in form, or the server would refuse the value before it looks at rights. */
const absentValues: Readonly<Record<string, string>> = {
  pwdAccountLockedTime: '19700101000000Z',
  telephoneNumber: '+00',
};

/** Asks to remove a value that is not there: changes nothing, and is refused to who has no right to write. */
async function mayWrite(client: Client, dn: string, type: string): Promise<boolean> {
  const modification = new Attribute({
    type,
    values: [absentValues[type] ?? 'sparekey looks whether it may'],
  });
  try {
    await client.modify(dn, new Change({ operation: 'delete', modification }));
    return true;
  } catch (error) {
    const code = resultCode(error);
    if (code === undefined) throw error;
    return code !== 50;
  }
}

function judgeRight(name: string, may: boolean): Finding {
  return may
    ? good(`${name} may be written.`)
    : fault(
        `${name} may not be written.`,
        'Give the account that right on the people: see docs/directory.md.',
      );
}

/** What OpenLDAP lets Sparekey's own account write of a person. */
async function judgeRights(client: Client, settings: DirectorySettings, dn: string): Promise<Finding[]> {
  const phone = settings.officePhoneWritable ? [settings.attributes.officePhone] : [];
  const findings: Finding[] = [];
  for (const name of ['userPassword', 'pwdAccountLockedTime', ...phone])
    findings.push(judgeRight(name, await mayWrite(client, dn, name)));
  return findings;
}

async function judgeServer(settings: DirectorySettings, url: string, now: () => Time): Promise<Finding[]> {
  const client = await openClient(settings, url);
  try {
    await client.bind(settings.bindDn, settings.password);
    const kind = settings.kind === 'openldap' ? openLdap(settings, now) : activeDirectory(now);
    const person = await findOne(client, settings);
    const lockout = settings.lockout ?? (await kind.readLockout(client));
    return [
      good(`${url} answers and lets Sparekey in.`),
      judgePerson(settings, person),
      lockout
        ? good(
            `It locks at ${lockout.threshold} wrong passwords; strangers get ${Math.max(1, lockout.threshold - 2)}.`,
          )
        : fault(
            'No rule for locking is found.',
            'Let it lock after some wrong passwords; if it does, say at how many in DIRECTORY_LOCKOUT.',
          ),
      ...(settings.kind === 'active-directory' ? await judgeDomain(client, settings, person?.dn) : []),
      ...(settings.kind === 'openldap' && person ? await judgeRights(client, settings, person.dn) : []),
    ];
  } finally {
    await closeClient(client);
  }
}

/** Looks whether each server of a directory answers, lets Sparekey in, shows people and rules, and gives the rights it needs; changes nothing. */
export async function checkDirectory(settings: DirectorySettings, now: () => Time): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const url of settings.urls)
    findings.push(
      ...(await judgeServer(settings, url, now).catch((error: unknown) => [faultOf(url, error)])),
    );
  if (settings.insecure)
    findings.push(
      fault('Certificates are not checked.', 'Leave out DIRECTORY_INSECURE, and give DIRECTORY_CA_FILE.'),
    );
  return findings;
}
