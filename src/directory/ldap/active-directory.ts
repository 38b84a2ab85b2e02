import { Attribute, Change, type Entry } from 'ldapts';
import type { Time } from '../../store/schema.ts';
import type { PasswordCheck } from '../directory.ts';
import { resultCode } from './client.ts';
import { policyHintsOf, readLockouts, whyRefused } from './domain-rules.ts';
import { oneOf } from './entry.ts';
import { type AccountState, forever, type Kind, type Lockout } from './kind.ts';

/** Milliseconds between 1601 and 1970; file times count tenths of microseconds from the first. */
const epoch = 11_644_473_600_000;

function fromFileTime(text: string | null): Time {
  return Number(BigInt(text ?? '0') / 10_000n) - epoch;
}

function quoted(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}

/** What the server makes of the moment when it is asked. */
const computed = 'msDS-User-Account-Control-Computed';
const lockedBit = 0x10;

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

function changesFor(password: string, present: string | undefined, locked: boolean): Change[] {
  const lift = locked ? [write('replace', 'lockoutTime', ['0'])] : [];
  return present === undefined
    ? [write('replace', 'unicodePwd', [quoted(password)]), ...lift]
    : [write('delete', 'unicodePwd', [quoted(present)]), write('add', 'unicodePwd', [quoted(password)])];
}

/** Whether it is locked is for the server to say, which knows the rules for each person; till when, is reckoned. */
function lockedUntil(entry: Entry, lockout: Lockout | null, now: Time): Time | null {
  const lockoutTime = oneOf(entry, 'lockoutTime') ?? '0';
  const until = lockout?.lasts ? fromFileTime(lockoutTime) + lockout.lasts : forever;
  const said = oneOf(entry, computed);
  if (said === null) return lockoutTime !== '0' && until > now ? until : null;
  if ((Number(said) & lockedBit) === 0) return null;
  return until > now ? until : forever;
}

/** Active Directory, and what behaves like it. */
export function activeDirectory(now: () => Time): Kind {
  return {
    stateAttributes: ['pwdLastSet', 'badPwdCount', 'badPasswordTime', 'lockoutTime', computed],
    changeAttribute: 'uSNChanged',
    groupClass: 'group',

    readState(entry, lockout): AccountState {
      const pwdLastSet = oneOf(entry, 'pwdLastSet') ?? '';
      const failedAt = fromFileTime(oneOf(entry, 'badPasswordTime'));
      const forgotten = lockout !== null && lockout.within > 0 && failedAt + lockout.within < now();
      return {
        mark: pwdLastSet,
        failures: forgotten ? 0 : Number(oneOf(entry, 'badPwdCount') ?? 0),
        lockedUntil: lockedUntil(entry, lockout, now()),
        mustChange: pwdLastSet === '0',
      };
    },

    readLockout: readLockouts,

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
        const hints = owns ? undefined : await policyHintsOf(client);
        const changes = changesFor(password, owns ? present : undefined, state.lockedUntil !== null);
        try {
          await client.modify(dn, changes, hints ?? []);
          return 'set';
        } catch (error) {
          const text = error instanceof Error ? error.message : '';
          if (/\b0*56:/.test(text) || resultCode(error) === 32) return 'stale';
          if (resultCode(error) === 50) return 'refused-not-allowed';
          if (resultCode(error) !== 19 && resultCode(error) !== 53) throw error;
          const changedAt = fromFileTime(state.mark);
          const heldToHistory = owns || hints !== undefined;
          return whyRefused(client, { dn, password, changedAt, heldToHistory, now: now() });
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
