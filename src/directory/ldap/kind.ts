import type { Client, Entry } from 'ldapts';
import type { Time } from '../../store/schema.ts';
import type { PasswordCheck, PasswordRefusal } from '../directory.ts';
import type { Servers } from './servers.ts';

/** What a directory does after wrong passwords. */
export interface Lockout {
  /** It locks at this many failures. */
  threshold: number;
  /** Milliseconds after which it forgets them; 0: never. */
  within: number;
  /** Milliseconds that the lock lasts; 0: until it is lifted. */
  lasts: number;
}

/** How an account stands. */
export interface AccountState {
  /** Differs once the password is another. */
  mark: string;
  failures: number;
  lockedUntil: Time | null;
  /** An own password must be chosen at the next sign-in. */
  mustChange: boolean;
}

/** A password to be set at an entry; `present` where its owner has typed that too. */
export interface Setting {
  dn: string;
  state: AccountState;
  password: string;
  present?: string | undefined;
}

/** What kinds of directories do each in their own way. */
export interface Kind {
  /** What must be asked of an entry for `readState`. */
  readonly stateAttributes: readonly string[];
  readState(entry: Entry, lockout: Lockout | null): AccountState;
  readLockout(client: Client): Promise<Lockout | null>;
  /** Tries a password by binding as its owner; what is not about the password is thrown. */
  bind(client: Client, dn: string, password: string): Promise<PasswordCheck>;
  setPassword(servers: Servers, setting: Setting): Promise<'set' | 'stale' | PasswordRefusal>;
  unlock(client: Client, dn: string): Promise<void>;
  /** How changes are marked, asked for, and where they have come to. */
  readMark(client: Client): Promise<string>;
  readonly changeAttribute: string;
  readonly groupClass: string;
}

/** Far ahead: a lock that lasts until it is lifted. */
export const forever = 8_640_000_000_000_000;

/** Of several rules the one that is safe for all: the fewest failures, the longest memory, the longest lock. */
export function strictestOf(found: readonly (Lockout | undefined)[]): Lockout | null {
  const lockouts = found.filter((one) => one !== undefined);
  if (lockouts.length === 0) return null;
  const longest = (spans: readonly number[]) => (spans.includes(0) ? 0 : Math.max(...spans));
  return {
    threshold: Math.min(...lockouts.map(({ threshold }) => threshold)),
    within: longest(lockouts.map(({ within }) => within)),
    lasts: longest(lockouts.map(({ lasts }) => lasts)),
  };
}
