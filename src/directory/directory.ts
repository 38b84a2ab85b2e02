import type { Time } from '../store/schema.ts';

/** What a directory says of a password. `one-time` is right, but an own password must be chosen first. */
export type PasswordCheck = 'right' | 'one-time' | 'wrong';

/** A new password on its way into a directory. */
export interface NewPassword {
  /** The password itself (NFC); null once only what was kept of it is left. */
  readonly password: string | null;
  /** What may be kept until it is set, from which the password cannot be had; null where only the password itself will do. */
  readonly kept: string | null;
  /** The directory's mark of the password there was before; null where it has none. */
  readonly mark: string | null;
}

/**
 * What came of setting a password. `refused`: this directory does not take it, and the old one works. `stale`: it has
 * been changed by others since the mark was read, and is left alone.
 */
export type PasswordSet = 'set' | 'refused' | 'stale';

/** What Sparekey asks of the place where accounts and passwords are kept. Names are in normal form. */
export interface Directory {
  /** Compares a password; costs the same for a name that is not there. Throws `TooBusy` when the house is full. */
  checkPassword(userName: string, password: string): Promise<PasswordCheck>;
  /** Makes a new password ready to be set, and notes what was there before it. Throws `TooBusy` when the house is full. */
  preparePassword(userName: string, password: string): Promise<NewPassword>;
  /**
   * Sets a person's own lasting password; doing it twice does it once. Without the password and anything kept it says
   * whether an earlier try has set it. Throws when that cannot be told.
   */
  setPassword(userName: string, next: NewPassword): Promise<PasswordSet>;
  /** Until when the account is locked, or null when it is not; far ahead where the directory does not say. */
  lockedUntil(userName: string): Promise<Time | null>;
  /** Lifts the lock at once. */
  unlock(userName: string): Promise<void>;
}
