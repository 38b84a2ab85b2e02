import type { Client } from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import { resultCode } from './client.ts';
import { policyHintsOf } from './domain-rules.ts';
import { oneOf, valuesOf } from './entry.ts';
import { type Finding, fault, good } from './finding.ts';
import { mayResetPassword } from './reset-right.ts';

/** How a right is given; Samba has a command of its own for the same. */
function giveBy(command: string): string {
  return `Give it: ${command} (DOMAIN\\ACCOUNT is Sparekey's own; for Samba see docs/directory.md).`;
}

const onPeople = ({ base }: DirectorySettings, right: string) =>
  giveBy(`dsacls "${base}" /I:S /G "DOMAIN\\ACCOUNT:${right};user"`);

async function judgeReset(client: Client, settings: DirectorySettings, dn: string): Promise<Finding> {
  const may = await mayResetPassword(client, dn);
  if (may) return good('Passwords may be reset.');
  const what =
    may === null
      ? 'Whether passwords may be reset cannot be told: the rights on a person may not be read.'
      : 'Passwords may not be reset: the right “Reset Password” is missing.';
  return fault(what, onPeople(settings, 'CA;Reset Password'));
}

/** What a domain controller says may be written. */
async function allowedAttributes(client: Client, dn: string): Promise<string[]> {
  const { searchEntries } = await client.search(dn, {
    scope: 'base',
    attributes: ['allowedAttributesEffective'],
  });
  const [entry] = searchEntries;
  return entry ? valuesOf(entry, 'allowedAttributesEffective').map((name) => name.toLowerCase()) : [];
}

async function judgeAttributes(client: Client, settings: DirectorySettings, dn: string): Promise<Finding[]> {
  const phone = settings.officePhoneWritable ? [settings.attributes.officePhone] : [];
  const allowed = await allowedAttributes(client, dn);
  return ['lockoutTime', 'pwdLastSet', ...phone].map((name) =>
    allowed.includes(name.toLowerCase())
      ? good(`${name} may be written.`)
      : fault(`${name} may not be written.`, onPeople(settings, `WP;${name}`)),
  );
}

async function readBaseValue(client: Client, dn: string, name: string): Promise<string | null> {
  const { searchEntries } = await client.search(dn, { scope: 'base', attributes: [name] });
  return searchEntries[0] ? oneOf(searchEntries[0], name) : null;
}

/** Every entry has a class: one that shows none may be seen, but not read. */
async function isReadable(client: Client, dn: string): Promise<boolean> {
  try {
    return (await readBaseValue(client, dn, 'objectClass')) !== null;
  } catch (error) {
    // No such entry is what somebody is told who may not see it.
    if (![32, 50].includes(resultCode(error) ?? -1)) throw error;
    return false;
  }
}

/** Rules for some people lock sooner than those of the domain: who may not see them would let strangers lock an account. */
async function judgePasswordSettings(
  client: Client,
  settings: DirectorySettings,
  dn: string,
): Promise<Finding> {
  const domain = await readBaseValue(client, '', 'defaultNamingContext');
  const container = `CN=Password Settings Container,CN=System,${domain}`;
  const inForce = await readBaseValue(client, dn, 'msDS-ResultantPSO');
  if ((await isReadable(client, container)) && (inForce === null || (await isReadable(client, inForce))))
    return good('Password Settings, the rules for some people, may be read.');
  if (settings.lockout) return good('Password Settings may not be read: DIRECTORY_LOCKOUT counts for all.');
  return fault(
    'Password Settings, the rules for some people, may not be read: theirs may lock sooner.',
    `${giveBy(`dsacls "${container}" /I:T /G "DOMAIN\\ACCOUNT:GR"`)} Or say in DIRECTORY_LOCKOUT what the strictest locks at.`,
  );
}

/** Nothing to mend: what a controller does not know cannot be asked of it. */
async function judgeHistory(client: Client): Promise<Finding> {
  return good(
    (await policyHintsOf(client))
      ? 'A reset keeps to the history of passwords and their minimum age.'
      : 'It cannot be asked to keep to the history of passwords: a reset can bring an earlier password back.',
  );
}

/** What Active Directory lets Sparekey's own account do to a person and read of the rules; changes nothing. */
export async function judgeDomain(
  client: Client,
  settings: DirectorySettings,
  dn: string | undefined,
): Promise<Finding[]> {
  const history = await judgeHistory(client);
  if (dn === undefined) return [history];
  return [
    history,
    await judgePasswordSettings(client, settings, dn),
    await judgeReset(client, settings, dn),
    ...(await judgeAttributes(client, settings, dn)),
  ];
}
