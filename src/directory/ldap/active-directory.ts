import { Attribute, Change, type Client, type Entry } from 'ldapts';
import type { Time } from '../../store/schema.ts';
import type { PasswordCheck, PasswordRefusal } from '../directory.ts';
import { resultCode } from './client.ts';
import { oneOf } from './entry.ts';
import { type AccountState, forever, type Kind, type Lockout } from './kind.ts';

/** Milliseconds between 1601 and 1970; file times count tenths of microseconds from the first. */
const epoch = 11_644_473_600_000;

function fromFileTime(text: string | null): Time {
  return Number(BigInt(text ?? '0') / 10_000n) - epoch;
}

/** A span is written negative; the smallest number there is means forever, which is 0 here. */
function spanOf(text: string | null): number {
  const span = BigInt(text ?? '0');
  return span <= -9_223_372_036_854_775_808n ? 0 : Number(-span / 10_000n);
}

/** What the domain asks of passwords. */
interface Rules {
  minLength: number;
  complex: boolean;
  minAge: number;
}

function quoted(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}

const write = (operation: 'add' | 'delete' | 'replace', type: string, values: Buffer[] | string[]) =>
  new Change({ operation, modification: new Attribute({ type, values }) });

/** What the answer to a bind says in its own codes. */
const bindCodes: Record<string, PasswordCheck> = {
  '530': 'not-allowed',
  '531': 'not-allowed',
  '532': 'expired',
  '533': 'disabled',
  '701': 'disabled',
  '773': 'one-time',
  '775': 'locked',
};

async function readDomain(client: Client, attributes: string[]): Promise<Entry | undefined> {
  const root = await client.search('', { scope: 'base', attributes: ['defaultNamingContext'] });
  const domain = root.searchEntries[0] && oneOf(root.searchEntries[0], 'defaultNamingContext');
  if (!domain) return undefined;
  const { searchEntries } = await client.search(domain, { scope: 'base', attributes });
  return searchEntries[0];
}

async function readRules(client: Client): Promise<Rules> {
  const domain = await readDomain(client, ['minPwdLength', 'pwdProperties', 'minPwdAge']);
  const number = (name: string) => Number((domain && oneOf(domain, name)) ?? 0);
  return {
    minLength: number('minPwdLength'),
    complex: (number('pwdProperties') & 1) !== 0,
    minAge: spanOf(domain ? oneOf(domain, 'minPwdAge') : null),
  };
}

/** Letters of both cases, digits, signs: three of the four at least. */
function isComplex(password: string): boolean {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u];
  return kinds.filter((kind) => kind.test(password)).length >= 3;
}

/** The server says only that some rule is broken: which, follows from the rules. */
async function whyRefused(
  client: Client,
  { password, changedAt, owns, now }: { password: string; changedAt: Time; owns: boolean; now: Time },
): Promise<PasswordRefusal> {
  const rules = await readRules(client);
  if ([...password].length < rules.minLength) return 'refused-too-short';
  if (rules.complex && !isComplex(password)) return 'refused-too-simple';
  if (owns && rules.minAge > 0 && changedAt + rules.minAge > now) return 'refused-too-soon';
  return owns ? 'refused-used-before' : 'refused';
}

function changesFor(password: string, present: string | undefined, locked: boolean): Change[] {
  const lift = locked ? [write('replace', 'lockoutTime', ['0'])] : [];
  return present === undefined
    ? [write('replace', 'unicodePwd', [quoted(password)]), ...lift]
    : [write('delete', 'unicodePwd', [quoted(present)]), write('add', 'unicodePwd', [quoted(password)])];
}

/** Active Directory, and what behaves like it. */
export function activeDirectory(now: () => Time): Kind {
  return {
    stateAttributes: ['pwdLastSet', 'badPwdCount', 'badPasswordTime', 'lockoutTime', 'userAccountControl'],
    changeAttribute: 'uSNChanged',
    groupClass: 'group',

    readState(entry, lockout): AccountState {
      const pwdLastSet = oneOf(entry, 'pwdLastSet') ?? '';
      const failedAt = fromFileTime(oneOf(entry, 'badPasswordTime'));
      const forgotten = lockout !== null && lockout.within > 0 && failedAt + lockout.within < now();
      const lockoutTime = oneOf(entry, 'lockoutTime') ?? '0';
      const until = lockout?.lasts ? fromFileTime(lockoutTime) + lockout.lasts : forever;
      return {
        mark: pwdLastSet,
        failures: forgotten ? 0 : Number(oneOf(entry, 'badPwdCount') ?? 0),
        lockedUntil: lockoutTime !== '0' && until > now() ? until : null,
        mustChange: pwdLastSet === '0',
      };
    },

    async readLockout(client): Promise<Lockout | null> {
      const names = ['lockoutThreshold', 'lockOutObservationWindow', 'lockoutDuration'];
      const domain = await readDomain(client, names);
      const threshold = Number((domain && oneOf(domain, 'lockoutThreshold')) ?? 0);
      if (!domain || threshold === 0) return null;
      const within = spanOf(oneOf(domain, 'lockOutObservationWindow'));
      return { threshold, within, lasts: spanOf(oneOf(domain, 'lockoutDuration')) };
    },

    async bind(client, dn, password): Promise<PasswordCheck> {
      try {
        await client.bind(dn, password);
        return 'right';
      } catch (error) {
        if (resultCode(error) !== 49) throw error;
        const code = error instanceof Error ? (/\bdata ([\da-f]+)\b/i.exec(error.message)?.[1] ?? '') : '';
        return bindCodes[code.toLowerCase()] ?? 'wrong';
      }
    },

    setPassword: (servers, { dn, state, password, present }) =>
      servers.asService(async (client) => {
        // Who must change has no present password that counts: the directory would ask its age of it.
        const owns = present !== undefined && !state.mustChange;
        try {
          await client.modify(
            dn,
            changesFor(password, owns ? present : undefined, state.lockedUntil !== null),
          );
          return 'set';
        } catch (error) {
          const text = error instanceof Error ? error.message : '';
          if (/\b0*56:/.test(text) || resultCode(error) === 32) return 'stale';
          if (resultCode(error) === 50) return 'refused-not-allowed';
          if (resultCode(error) !== 19 && resultCode(error) !== 53) throw error;
          const changedAt = fromFileTime(state.mark);
          return whyRefused(client, { password, changedAt, owns, now: now() });
        }
      }, 'writes'),

    unlock: (client, dn) => client.modify(dn, write('replace', 'lockoutTime', ['0'])),

    async readMark(client) {
      const { searchEntries } = await client.search('', {
        scope: 'base',
        attributes: ['highestCommittedUSN', 'dsServiceName'],
      });
      const [root] = searchEntries;
      // Each server counts for itself: a mark is good for the one that gave it.
      return root ? `${oneOf(root, 'highestCommittedUSN')} ${oneOf(root, 'dsServiceName')}` : '';
    },
  };
}
