import { randomUUID } from 'node:crypto';
import { type Client, DN, type Entry } from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import type { Time } from '../../store/schema.ts';
import type { Directory, NewPassword, PasswordCheck, PasswordSet, Trier } from '../directory.ts';
import { activeDirectory } from './active-directory.ts';
import { elsewhereOf } from './elsewhere.ts';
import { accountAttributes, accountOf, findEntries, type NormaliseName, oneOf } from './entry.ts';
import { makeEvenPace } from './even-pace.ts';
import type { AccountState, Kind, Lockout } from './kind.ts';
import { openLdap } from './openldap.ts';
import { makeServers, type Servers, type Told } from './servers.ts';

/** What a directory elsewhere is made of. */
export interface LdapParts {
  settings: DirectorySettings;
  now(): Time;
  told: Told;
  normalise: NormaliseName;
  /** Gives the immutable id under which Sparekey knows a name; null when it knows none. */
  readKnownId(userName: string): Promise<string | null>;
}

const lockoutKept = 5 * 60_000;
const day = 86_400_000;

interface Found {
  dn: string;
  state: AccountState;
  disabled: boolean;
}

/** What each question needs. */
export interface Inside {
  parts: LdapParts;
  kind: Kind;
  servers: Servers;
  find(client: Client, userName: string): Promise<Entry | undefined>;
}

function makeInside(parts: LdapParts): Inside {
  const { settings, now, normalise } = parts;
  const kind = settings.kind === 'openldap' ? openLdap(settings, now) : activeDirectory(now);
  const servers = makeServers(settings, parts.told);
  const names = [settings.attributes.userName];
  const attributes = [...new Set([...accountAttributes(settings), ...kind.stateAttributes])];
  return {
    parts,
    kind,
    servers,
    async find(client, userName) {
      const entries = await findEntries(client, settings, { names, value: userName, attributes });
      // A directory may take ä for a: only the very name is the account.
      const found = entries.find((entry) => accountOf(settings, entry, normalise)?.userName === userName);
      if (!found) return undefined;
      const known = await parts.readKnownId(userName);
      // Somebody else may have the name by now.
      return known === null || known === accountOf(settings, found, normalise)?.directoryId
        ? found
        : undefined;
    },
  };
}

/** Remembers for some minutes what the directory locks at. */
function makeLockout({ parts, kind, servers }: Inside): () => Promise<Lockout | null> {
  const { lockout: set } = parts.settings;
  const state: { read?: Lockout | null; at: number } = { at: 0 };
  return async () => {
    if (set) return { ...set, lasts: 0 };
    if (state.read === undefined || performance.now() - state.at > lockoutKept) {
      state.read = await servers.asService((client) => kind.readLockout(client));
      state.at = performance.now();
    }
    return state.read;
  };
}

/** Two below the directory's lock, so that strangers never reach it; at least one, or nobody could sign in anew. */
function roomIn(lockout: Lockout): number {
  return Math.max(1, lockout.threshold - 2);
}

/** The name of somebody who is not there, next to where people are. */
function nobody({ base, attributes }: DirectorySettings): string {
  return `${new DN().addPairRDN(attributes.userName, `nobody-${randomUUID()}`).toString()},${base}`;
}

/** What a bind says of the person, where it was tried as theirs. */
function judge(found: Found | undefined, full: boolean, said: PasswordCheck): PasswordCheck {
  if (!found) return 'wrong';
  if (full) return 'locked';
  return said === 'right' && found.disabled ? 'disabled' : said;
}

/** Accounts and passwords in an LDAP directory or Active Directory; throws `DirectoryAway` when it does not answer. */
export function ldapDirectory(parts: LdapParts): Directory {
  const inside = makeInside(parts);
  const { kind, servers } = inside;
  const { settings, normalise } = parts;
  const readLockout = makeLockout(inside);
  const atEvenPace = makeEvenPace();

  async function find(userName: string): Promise<Found | undefined> {
    const lockout = await readLockout();
    return servers.asService(async (client) => {
      const entry = await inside.find(client, userName);
      const account = entry && accountOf(settings, entry, normalise);
      if (!entry || !account) return undefined;
      return { dn: entry.dn, state: kind.readState(entry, lockout), disabled: account.disabled };
    });
  }

  async function tryBind(userName: string, password: string, by: Trier) {
    const lockout = await readLockout();
    const found = await find(userName);
    const full = by === 'stranger' && lockout !== null && (found?.state.failures ?? 0) >= roomIn(lockout);
    const dn = found && !full ? found.dn : nobody(settings);
    const said = await servers.asNobody((client) => kind.bind(client, dn, password));
    return { value: judge(found, full, said), compared: found !== undefined && !full };
  }

  return {
    elsewhere: elsewhereOf(inside),

    async resolveName(typed) {
      const { userName, alsoNames } = settings.attributes;
      const entries = await servers.asService((client) =>
        findEntries(client, settings, {
          names: [userName, ...alsoNames],
          value: typed,
          attributes: [userName, settings.attributes.id],
        }),
      );
      const names = entries.map((entry) => normalise(oneOf(entry, userName) ?? ''));
      if (names.includes(typed)) return typed;
      // A mail address that two have is nobody's name.
      return names.length === 1 && names[0] ? names[0] : typed;
    },

    async checkPassword(userName, password, by = 'known') {
      // A bind without a password succeeds as nobody: it must never reach the directory.
      if (password === '') return 'wrong';
      return atEvenPace(() => tryBind(userName, password, by));
    },

    isPresentPassword: async () => false,

    async roomForStrangers() {
      const lockout = await readLockout();
      return lockout && { failures: roomIn(lockout), within: lockout.within || day };
    },

    async preparePassword(userName, password): Promise<NewPassword> {
      const found = await find(userName);
      return { password, kept: null, mark: found?.state.mark ?? null };
    },

    async setPassword(userName, { password, present, mark }): Promise<PasswordSet> {
      const found = await find(userName);
      if (!found) return 'stale';
      const same = found.state.mark === mark;
      if (password === null) return same ? 'refused' : 'set';
      if (!same || password === '') return 'stale';
      return kind.setPassword(servers, { dn: found.dn, state: found.state, password, present });
    },

    async lockedUntil(userName) {
      const found = await find(userName);
      return found && !found.disabled ? found.state.lockedUntil : null;
    },

    async unlock(userName) {
      const found = await find(userName);
      if (!found || found.disabled || found.state.lockedUntil === null) return;
      await servers.asService((client) => kind.unlock(client, found.dn), 'writes');
    },

    close: () => servers.close(),
  };
}
