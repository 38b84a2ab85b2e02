import type { Client, Control, Entry } from 'ldapts';
import type { Time } from '../../store/schema.ts';
import type { PasswordRefusal } from '../directory.ts';
import { resultCode } from './client.ts';
import { oneOf, valuesOf } from './entry.ts';
import { type Lockout, strictestOf } from './kind.ts';
import { NumberControl } from './number-control.ts';

/** A span is written negative; the smallest number there is means forever, which is 0 here. */
function spanOf(text: string | null): number {
  const span = BigInt(text ?? '0');
  return span <= -9_223_372_036_854_775_808n ? 0 : Number(-span / 10_000n);
}

async function readBase(client: Client, dn: string, attributes: string[]): Promise<Entry | undefined> {
  const { searchEntries } = await client.search(dn, { scope: 'base', attributes });
  return searchEntries[0];
}

async function readDomainName(client: Client): Promise<string | null> {
  const root = await readBase(client, '', ['defaultNamingContext']);
  return root ? oneOf(root, 'defaultNamingContext') : null;
}

/** What is asked of passwords, as the domain names it and as rules for some people do. */
const ofDomain = { minLength: 'minPwdLength', complex: 'pwdProperties', minAge: 'minPwdAge' };
const ofSome = {
  minLength: 'msDS-MinimumPasswordLength',
  complex: 'msDS-PasswordComplexityEnabled',
  minAge: 'msDS-MinimumPasswordAge',
};

interface Rules {
  minLength: number;
  complex: boolean;
  minAge: number;
}

function rulesOf(entry: Entry | undefined, names: typeof ofDomain): Rules {
  const read = (name: string) => (entry ? oneOf(entry, name) : null);
  const complex = read(names.complex) ?? '0';
  return {
    minLength: Number(read(names.minLength) ?? 0),
    complex: names === ofDomain ? (Number(complex) & 1) !== 0 : /^true$/i.test(complex),
    minAge: spanOf(read(names.minAge)),
  };
}

/** Rules for some people are only there for who may see them: else those of the domain are told. */
async function readRules(client: Client, dn: string): Promise<Rules> {
  const person = await readBase(client, dn, ['msDS-ResultantPSO']);
  const own = person ? oneOf(person, 'msDS-ResultantPSO') : null;
  const some = own && (await readBase(client, own, Object.values(ofSome)).catch(() => undefined));
  // Who may see an entry and not read it is shown one without anything in it.
  if (some && oneOf(some, ofSome.minLength) !== null) return rulesOf(some, ofSome);
  const domain = await readDomainName(client);
  return rulesOf(domain ? await readBase(client, domain, Object.values(ofDomain)) : undefined, ofDomain);
}

/** Letters of both cases, digits, signs: three of the four at least. */
function isComplex(password: string): boolean {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u];
  return kinds.filter((kind) => kind.test(password)).length >= 3;
}

/** A password that was refused, and whether the server held what was before against it. */
interface Refused {
  dn: string;
  password: string;
  changedAt: Time;
  heldToHistory: boolean;
  now: Time;
}

/** Tells why a password was refused: the server says only that some rule is broken; which, follows from the rules. */
export async function whyRefused(client: Client, refused: Refused): Promise<PasswordRefusal> {
  const { dn, password, changedAt, heldToHistory, now } = refused;
  const rules = await readRules(client, dn);
  if ([...password].length < rules.minLength) return 'refused-too-short';
  if (rules.complex && !isComplex(password)) return 'refused-too-simple';
  if (!heldToHistory) return 'refused';
  return rules.minAge > 0 && changedAt + rules.minAge > now ? 'refused-too-soon' : 'refused-used-before';
}

function lockoutOf(entry: Entry, prefix: 'lock' | 'msDS-Lock'): Lockout | undefined {
  const threshold = Number(oneOf(entry, `${prefix}outThreshold`) ?? 0);
  if (threshold === 0) return undefined;
  // The domain writes one of its names with a capital O.
  const within = spanOf(oneOf(entry, `${prefix}outObservationWindow`));
  return { threshold, within, lasts: spanOf(oneOf(entry, `${prefix}outDuration`)) };
}

const lockoutNames = ['Threshold', 'ObservationWindow', 'Duration'];

/** Reads what the domain, and rules for some people, lock at: the strictest of what may be read. */
export async function readLockouts(client: Client): Promise<Lockout | null> {
  const domain = await readDomainName(client);
  if (domain === null) return null;
  const whole = await readBase(
    client,
    domain,
    lockoutNames.map((name) => `lockout${name}`),
  );
  const some = await client
    .search(`CN=Password Settings Container,CN=System,${domain}`, {
      scope: 'one',
      filter: '(objectClass=msDS-PasswordSettings)',
      attributes: lockoutNames.map((name) => `msDS-Lockout${name}`),
    })
    .catch((error: unknown) => {
      // Who may not see it, or has none, knows those of the domain only.
      if (![32, 50].includes(resultCode(error) ?? -1)) throw error;
      return { searchEntries: [] };
    });
  return strictestOf([
    ...(whole ? [lockoutOf(whole, 'lock')] : []),
    ...some.searchEntries.map((entry) => lockoutOf(entry, 'msDS-Lock')),
  ]);
}

/** Holds history and minimum age against a reset too (MS-ADTS 3.1.1.3.4.1.27), and the number it had before. */
const policyHints = ['1.2.840.113556.1.4.2239', '1.2.840.113556.1.4.2066'];

/** Makes the control with which a server holds history against a reset; undefined where it does not list it. */
export async function policyHintsOf(client: Client): Promise<Control | undefined> {
  const root = await readBase(client, '', ['supportedControl']);
  const listed = root ? valuesOf(root, 'supportedControl') : [];
  const type = policyHints.find((oid) => listed.includes(oid));
  return type === undefined ? undefined : new NumberControl(type, 1);
}
