import {
  AndFilter,
  type Client,
  type Entry,
  EqualityFilter,
  type Filter,
  FilterParser,
  OrFilter,
} from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import type { Account } from '../directory.ts';

/** Brings a name as it stands in a directory into its normal form, empty where it cannot be a user name here. */
export type NormaliseName = (name: string) => string;

/** Every value of an attribute as text; none where it is absent. */
export function valuesOf(entry: Entry, attribute: string): string[] {
  if (attribute === '') return [];
  const wanted = attribute.toLowerCase();
  const name = Object.keys(entry).find((key) => key.toLowerCase() === wanted);
  const value = name === undefined ? [] : (entry[name] ?? []);
  return [value].flat().map((one) => (Buffer.isBuffer(one) ? one.toString('utf8') : one));
}

/** The first value of an attribute, or null. */
export function oneOf(entry: Entry, attribute: string): string | null {
  return valuesOf(entry, attribute)[0] ?? null;
}

/** The immutable id: a text such as `entryUUID`, or the bytes of `objectGUID` in hexadecimal. */
function idOf(entry: Entry, { kind, attributes }: DirectorySettings): string {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attributes.id.toLowerCase());
  const value = [name === undefined ? '' : (entry[name] ?? '')].flat()[0] ?? '';
  if (!Buffer.isBuffer(value)) return value;
  return value.toString(kind === 'active-directory' ? 'hex' : 'utf8');
}

/** A group is known by the first part of its name. */
function groupName(dn: string): string {
  const first = /^[^=]+=((?:\\.|[^,+])*)/.exec(dn)?.[1] ?? dn;
  return first
    .replace(/\\([\da-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, '$1');
}

function isDisabled(entry: Entry, { kind, attributes }: DirectorySettings): boolean {
  const marked = oneOf(entry, attributes.disabled);
  if (marked !== null && !/^(false|no|0)$/i.test(marked)) return true;
  if (kind === 'active-directory') return (Number(oneOf(entry, 'userAccountControl') ?? 0) & 2) !== 0;
  // ppolicy: locked by an administrator, until one lifts it.
  return oneOf(entry, 'pwdAccountLockedTime') === '000001010000Z';
}

/** What is asked of an entry to make an account of it. */
export function accountAttributes({ kind, attributes }: DirectorySettings): string[] {
  const { alsoNames: _names, ...single } = attributes;
  const state = kind === 'active-directory' ? ['userAccountControl'] : ['pwdAccountLockedTime'];
  return [...new Set([...Object.values(single), ...state].filter((name) => name !== ''))];
}

/** Makes an account of an entry; undefined where it has no id. */
export function accountOf(
  settings: DirectorySettings,
  entry: Entry,
  normalise: NormaliseName,
): Account | undefined {
  const { attributes } = settings;
  const directoryId = idOf(entry, settings);
  if (directoryId === '') return undefined;
  const name = oneOf(entry, attributes.userName) ?? '';
  return {
    directoryId,
    userName: normalise(name),
    displayName: oneOf(entry, attributes.displayName) ?? name,
    mail: oneOf(entry, attributes.mail),
    officePhone: oneOf(entry, attributes.officePhone),
    mobile: oneOf(entry, attributes.mobile),
    otherMail: oneOf(entry, attributes.otherMail),
    groups: valuesOf(entry, attributes.groups).map(groupName),
    disabled: isDisabled(entry, settings),
  };
}

/** The filter that finds people, and among them those that also fit. */
export function peopleFilter({ filter }: DirectorySettings, ...also: Filter[]): Filter {
  const everybody = FilterParser.parseString(filter);
  return also.length === 0 ? everybody : new AndFilter({ filters: [everybody, ...also] });
}

const equal = (attribute: string, value: string) => new EqualityFilter({ attribute, value });

/** Finds the few entries with this value in one of these attributes. */
export async function findEntries(
  client: Client,
  settings: DirectorySettings,
  { names, value, attributes }: { names: readonly string[]; value: string; attributes: string[] },
): Promise<Entry[]> {
  const filters = names.map((name) => equal(name, value));
  const { searchEntries } = await client.search(settings.base, {
    scope: 'sub',
    sizeLimit: 5,
    filter: peopleFilter(settings, new OrFilter({ filters })),
    attributes,
    explicitBufferAttributes: [settings.attributes.id],
  });
  return searchEntries;
}
