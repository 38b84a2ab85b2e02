import { Attribute, Change, type Client, type Entry } from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import type { Time } from '../../store/schema.ts';
import { activeDirectory } from './active-directory.ts';
import { closeClient, openClient, resultCode } from './client.ts';
import { accountAttributes, accountOf, oneOf, peopleFilter, valuesOf } from './entry.ts';
import { openLdap } from './openldap.ts';

/** One thing that was looked at: whether it is as it should be, in words. */
export interface Finding {
  ok: boolean;
  words: string;
}

const good = (words: string): Finding => ({ ok: true, words });
const bad = (words: string): Finding => ({ ok: false, words });

function faultOf(error: unknown): string {
  const code = resultCode(error);
  if (code === 49) return 'it refuses DIRECTORY_BIND_DN with this password';
  if (code !== undefined) return `it answers with LDAP result ${code}`;
  return error instanceof Error ? error.message : String(error);
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
    return bad(
      'No person is found: check DIRECTORY_BASE and DIRECTORY_FILTER, and that its account may read.',
    );
  const account = accountOf(settings, entry, (name) => name);
  const name = oneOf(entry, settings.attributes.userName);
  if (!account) return bad(`A person has no ${settings.attributes.id}: check id in DIRECTORY_ATTRIBUTES.`);
  return name === null
    ? bad(`A person has no ${settings.attributes.userName}: check userName in DIRECTORY_ATTRIBUTES.`)
    : good('A person is found, with a name and an id that stays.');
}

/** Asks to remove a value that is not there: changes nothing, and is refused to who has no right to write. */
async function mayWrite(client: Client, dn: string, type: string): Promise<boolean> {
  const modification = new Attribute({ type, values: ['sparekey looks whether it may write'] });
  try {
    await client.modify(dn, new Change({ operation: 'delete', modification }));
    return true;
  } catch (error) {
    const code = resultCode(error);
    if (code === undefined) throw error;
    return code !== 50;
  }
}

/** What a domain controller says may be written; it has no word for resetting a password. */
async function allowedAttributes(client: Client, dn: string): Promise<string[]> {
  const { searchEntries } = await client.search(dn, {
    scope: 'base',
    attributes: ['allowedAttributesEffective'],
  });
  const [entry] = searchEntries;
  return entry ? valuesOf(entry, 'allowedAttributesEffective').map((name) => name.toLowerCase()) : [];
}

async function judgeRights(client: Client, settings: DirectorySettings, dn: string): Promise<Finding[]> {
  const phone = settings.officePhoneWritable ? [settings.attributes.officePhone] : [];
  if (settings.kind === 'active-directory') {
    const allowed = await allowedAttributes(client, dn);
    return ['lockoutTime', 'pwdLastSet', ...phone].map((name) =>
      allowed.includes(name.toLowerCase())
        ? good(`${name} may be written.`)
        : bad(`${name} may not be written: give its account that right on the people.`),
    );
  }
  const findings: Finding[] = [];
  for (const name of ['userPassword', 'pwdAccountLockedTime', ...phone])
    findings.push(
      (await mayWrite(client, dn, name))
        ? good(`${name} may be written.`)
        : bad(`${name} may not be written: give its account that right, see docs/directory.md.`),
    );
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
        : bad('No rule for locking is found: if it locks all the same, set DIRECTORY_LOCKOUT.'),
      ...(person ? await judgeRights(client, settings, person.dn) : []),
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
      ...(await judgeServer(settings, url, now).catch((error: unknown) => [
        bad(`${url} does not do: ${faultOf(error)}.`),
      ])),
    );
  if (settings.insecure) findings.push(bad('DIRECTORY_INSECURE is set: certificates are not checked.'));
  return findings;
}
