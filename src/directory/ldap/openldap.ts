import {
  Attribute,
  BerWriter,
  Change,
  type Client,
  type Entry,
  PasswordPolicyError as errors,
  PasswordPolicyControl,
} from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import type { Time } from '../../store/schema.ts';
import type { PasswordCheck, PasswordRefusal } from '../directory.ts';
import { resultCode } from './client.ts';
import { oneOf, valuesOf } from './entry.ts';
import { type AccountState, forever, type Kind, type Lockout, type Setting, strictestOf } from './kind.ts';
import type { Servers } from './servers.ts';

/** RFC 3062. */
const passwordModify = '1.3.6.1.4.1.4203.1.11.1';

/** The time at which an administrator locks an account until one lifts that. */
const byAdministrator = '000001010000Z';

const refusals = new Map<number | undefined, PasswordRefusal>([
  [errors.PasswordModNotAllowed, 'refused-not-allowed'],
  [errors.MustSupplyOldPassword, 'refused-not-allowed'],
  [errors.InsufficientPasswordQuality, 'refused-too-simple'],
  [errors.PasswordTooShort, 'refused-too-short'],
  [errors.PasswordTooYoung, 'refused-too-soon'],
  [errors.PasswordInHistory, 'refused-used-before'],
]);

/** Reads a GeneralizedTime such as `20261126213647.123456Z`. */
export function timeOf(text: string): Time {
  const [, y, mo, d, h, mi, s = '0'] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?/.exec(text) ?? [];
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}

const clocksDiffer = 10 * 60_000;

function generalizedTime(at: Time): string {
  return `${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')}`;
}

function lockedUntil(entry: Entry, lockout: Lockout | null, now: Time): Time | null {
  const since = oneOf(entry, 'pwdAccountLockedTime');
  if (since === null) return null;
  if (since === byAdministrator || !lockout || lockout.lasts === 0) return forever;
  const until = timeOf(since) + lockout.lasts;
  return until > now ? until : null;
}

function modifyRequest(fields: { dn?: string; present?: string | undefined; password: string }): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  if (fields.dn !== undefined) writer.writeString(fields.dn, 0x80);
  if (fields.present !== undefined) writer.writeString(fields.present, 0x81);
  writer.writeString(fields.password, 0x82);
  writer.endSequence();
  return writer.buffer;
}

async function modifyPassword(
  client: Client,
  fields: Parameters<typeof modifyRequest>[0],
): Promise<'set' | 'stale' | PasswordRefusal> {
  const control = new PasswordPolicyControl();
  try {
    await client.exop(passwordModify, modifyRequest(fields), control);
    return 'set';
  } catch (error) {
    switch (resultCode(error)) {
      case 19:
      case 53:
        return refusals.get(control.value?.error) ?? 'refused';
      case 50:
        return 'refused-not-allowed';
      case 32:
      case 49:
        return 'stale';
      default:
        throw error;
    }
  }
}

/** Changes a password as its owner; one that has run out lets its owner do nothing any more. */
async function changeAsOwner(
  servers: Servers,
  { dn, password, present = '' }: Setting,
): Promise<'expired' | 'set' | 'stale' | PasswordRefusal> {
  return servers.asNobody(async (client) => {
    const control = new PasswordPolicyControl();
    try {
      await client.bind(dn, present, control);
    } catch (error) {
      if (resultCode(error) !== 49) throw error;
      return control.value?.error === errors.PasswordExpired ? 'expired' : 'stale';
    }
    return modifyPassword(client, { present, password });
  }, 'writes');
}

const drop = (type: string) =>
  new Change({ operation: 'delete', modification: new Attribute({ type, values: [] }) });

/** Removes an attribute that the overlay keeps; one that is not there is no fault. */
async function dropAttribute(client: Client, dn: string, type: string): Promise<void> {
  await client.modify(dn, drop(type)).catch((error: unknown) => {
    if (resultCode(error) !== 16) throw error;
  });
}

async function readPolicies(client: Client, { base }: DirectorySettings): Promise<Entry[]> {
  const { searchEntries: roots } = await client.search('', { scope: 'base', attributes: ['namingContexts'] });
  const [root] = roots;
  const contexts = root ? valuesOf(root, 'namingContexts') : [];
  const under = contexts.find((one) => base.toLowerCase().endsWith(one.toLowerCase())) ?? base;
  const { searchEntries } = await client.search(under, { scope: 'sub', filter: '(objectClass=pwdPolicy)' });
  return searchEntries;
}

function lockoutOf(policy: Entry): Lockout | undefined {
  const threshold = Number(oneOf(policy, 'pwdMaxFailure') ?? 0);
  if (!/^true$/i.test(oneOf(policy, 'pwdLockout') ?? '') || threshold === 0) return undefined;
  const seconds = (name: string) => Number(oneOf(policy, name) ?? 0) * 1000;
  return { threshold, within: seconds('pwdFailureCountInterval'), lasts: seconds('pwdLockoutDuration') };
}

/** OpenLDAP with the overlay ppolicy. */
export function openLdap(settings: DirectorySettings, now: () => Time): Kind {
  return {
    stateAttributes: ['pwdChangedTime', 'pwdFailureTime', 'pwdAccountLockedTime', 'pwdReset'],
    changeAttribute: 'modifyTimestamp',
    groupClass: 'groupOfNames',

    readState(entry, lockout): AccountState {
      const since = lockout && lockout.within > 0 ? now() - lockout.within : 0;
      return {
        mark: oneOf(entry, 'pwdChangedTime') ?? '',
        failures: valuesOf(entry, 'pwdFailureTime').filter((time) => timeOf(time) >= since).length,
        lockedUntil: lockedUntil(entry, lockout, now()),
        mustChange: /^true$/i.test(oneOf(entry, 'pwdReset') ?? ''),
      };
    },

    // Which of several policies is in force for whom is not for us to read: the strictest is safe for all.
    async readLockout(client) {
      return strictestOf((await readPolicies(client, settings)).map(lockoutOf));
    },

    async bind(client, dn, password): Promise<PasswordCheck> {
      const control = new PasswordPolicyControl();
      try {
        await client.bind(dn, password, control);
      } catch (error) {
        if (resultCode(error) === 49) {
          if (control.value?.error === errors.PasswordExpired) return 'expired';
          return control.value?.error === errors.AccountLocked ? 'locked' : 'wrong';
        }
        if ([32, 34, 48, 50, 53].includes(resultCode(error) ?? -1)) return 'wrong';
        throw error;
      }
      if (control.value?.error === errors.ChangeAfterReset) return 'one-time';
      return control.value?.graceAuthNsRemaining === undefined ? 'right' : 'expired';
    },

    async setPassword(servers, setting) {
      const { dn, state, password, present } = setting;
      const own =
        present === undefined || state.mustChange ? 'expired' : await changeAsOwner(servers, setting);
      if (own !== 'expired') return own;
      return servers.asService(async (client) => {
        const set = await modifyPassword(client, { dn, password });
        // Its owner has chosen it, so nobody has to choose another.
        if (set === 'set' && state.mustChange) await dropAttribute(client, dn, 'pwdReset');
        return set;
      }, 'writes');
    },

    async unlock(client, dn) {
      await dropAttribute(client, dn, 'pwdAccountLockedTime');
    },

    // Without a server that counts its changes, the time is the mark; clocks may differ by some minutes.
    readMark: async () => generalizedTime(now() - clocksDiffer),
  };
}
