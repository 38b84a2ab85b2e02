import type { Client, Entry } from 'ldapts';
import { NumberControl } from './number-control.ts';

/** LDAP_SERVER_SD_FLAGS: of a security descriptor only the list of who may do what, which others may read. */
const descriptorFlags = '1.2.840.113556.1.4.801';
const listOnly = 4;

/** User-Force-Change-Password, 00299570-246d-11d0-a768-00aa006e0529, as it stands in bytes. */
const resetPassword = '709529006d24d011a76800aa006e0529';

/** Masks that grant an extended right: the right itself, and everything. */
const controlAccess = 0x100;
const genericAll = 0x10000000;

const allowed = [0, 5];
const denied = [1, 6];
const withObject = [5, 6];
const inheritOnly = 0x08;

/** One line of the list: whom it is about, and whether it allows or denies a reset; undefined where it is about neither. */
interface Rule {
  sid: string;
  allows: boolean | undefined;
}

/** MS-DTYP 2.4.4: the rule that begins here. */
function ruleAt(list: Buffer, at: number): Rule {
  const [type = 0, flags = 0] = [list[at], list[at + 1]];
  const mask = list.readUInt32LE(at + 4);
  const marks = withObject.includes(type) ? list.readUInt32LE(at + 8) : 0;
  const objects = at + (withObject.includes(type) ? 12 : 8);
  const object = (marks & 1) === 0 ? resetPassword : list.toString('hex', objects, objects + 16);
  const sid = objects + ((marks & 1) === 0 ? 0 : 16) + ((marks & 2) === 0 ? 0 : 16);
  const applies =
    (flags & inheritOnly) === 0 && (mask & (controlAccess | genericAll)) !== 0 && object === resetPassword;
  const verdict = allowed.includes(type) ? true : denied.includes(type) ? false : undefined;
  return {
    sid: list.toString('hex', sid, sid + 8 + 4 * (list[sid + 1] ?? 0)),
    allows: applies ? verdict : undefined,
  };
}

/** MS-DTYP 2.4.6: the rules of a descriptor in their order; null where it has no list, and then everybody may all. */
function rulesOf(descriptor: Buffer): Rule[] | null {
  const start = descriptor.readUInt32LE(16);
  if (start === 0) return null;
  const rules: Rule[] = [];
  const count = descriptor.readUInt16LE(start + 4);
  for (let at = start + 8; rules.length < count; at += descriptor.readUInt16LE(at + 2))
    rules.push(ruleAt(descriptor, at));
  return rules;
}

function buffersOf(entry: Entry | undefined, name: string): Buffer[] {
  return [entry?.[name] ?? []].flat().filter((one) => Buffer.isBuffer(one));
}

/** Who the server takes this line for: the account and all its groups. */
async function readOwnIds(client: Client): Promise<Set<string>> {
  const { searchEntries } = await client.search('', {
    scope: 'base',
    attributes: ['tokenGroups'],
    explicitBufferAttributes: ['tokenGroups'],
  });
  return new Set(buffersOf(searchEntries[0], 'tokenGroups').map((sid) => sid.toString('hex')));
}

/**
 * Whether the account may reset somebody's password. A domain controller has no word for it as it has for attributes: it
 * follows from the list of who may do what, as the first rule says that is about the account or a group of it. Null
 * where that may not be read.
 */
export async function mayResetPassword(client: Client, dn: string): Promise<boolean | null> {
  const own = await readOwnIds(client);
  const { searchEntries } = await client.search(
    dn,
    {
      scope: 'base',
      attributes: ['nTSecurityDescriptor'],
      explicitBufferAttributes: ['nTSecurityDescriptor'],
    },
    new NumberControl(descriptorFlags, listOnly),
  );
  const [descriptor] = buffersOf(searchEntries[0], 'nTSecurityDescriptor');
  if (own.size === 0 || !descriptor) return null;
  const rules = rulesOf(descriptor);
  if (rules === null) return true;
  return rules.find(({ sid, allows }) => allows !== undefined && own.has(sid))?.allows ?? false;
}
