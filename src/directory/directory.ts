import type { Time } from '../store/schema.ts';

/**
 * What a directory says of a password. `one-time` is right, but an own password must be chosen first; `expired` is right,
 * and another must be chosen; `disabled` and `not-allowed` are right, and do not let in. `locked`: it was not looked at,
 * or that cannot be told; to who types it that is the same as `wrong`.
 */
export type PasswordCheck =
  | 'right'
  | 'one-time'
  | 'expired'
  | 'wrong'
  | 'locked'
  | 'disabled'
  | 'not-allowed';

/** Who tries a password: a browser that the person has signed in with before, or any other. */
export type Trier = 'known' | 'stranger';

/** A new password on its way into a directory. */
export interface NewPassword {
  /** The password itself (NFC); null once only what was kept of it is left. */
  readonly password: string | null;
  /** The present password, where its owner has just typed it: the directory's rules for owners then hold. */
  readonly present?: string | undefined;
  /** What may be kept until it is set, from which the password cannot be had; null where only the password itself will do. */
  readonly kept: string | null;
  /** The directory's mark of the password there was before; null where it has none. */
  readonly mark: string | null;
}

/** Why a directory does not take a password, where it says so; `refused` where it does not. */
export const passwordRefusals = [
  'refused',
  'refused-too-short',
  'refused-too-simple',
  'refused-used-before',
  'refused-too-soon',
  'refused-not-allowed',
] as const;
export type PasswordRefusal = (typeof passwordRefusals)[number];

/**
 * What came of setting a password. A refusal: this directory does not take it, and the old one works. `stale`: it has
 * been changed by others since the mark was read, and is left alone.
 */
export type PasswordSet = 'set' | 'stale' | PasswordRefusal;

/** An account as a directory elsewhere has it. Texts are as they stand there. */
export interface Account {
  /** What stays when everything else changes. */
  directoryId: string;
  /** In normal form. */
  userName: string;
  displayName: string;
  mail: string | null;
  officePhone: string | null;
  mobile: string | null;
  otherMail: string | null;
  groups: readonly string[];
  disabled: boolean;
}

/** What only a directory elsewhere can be asked: there, and not here, is decided who people are. */
export interface Elsewhere {
  readAccount(userName: string): Promise<Account | undefined>;
  /**
   * Gives every account, or those that changed since a mark of an earlier `readMark`, a page at a time; ends early when
   * told to. An account whose name cannot be used here has an empty one.
   */
  listAccounts(wanted: { since: string | null; stop: AbortSignal }): AsyncGenerator<Account[]>;
  /** How many accounts there are: fewer than were seen means that somebody is gone. */
  countAccounts(): Promise<number>;
  /** A mark of how far the directory's changes have come. */
  readMark(): Promise<string>;
  /** Whether a group has changed since a mark: who is in it then stands with none of its members. */
  groupsChanged(since: string): Promise<boolean>;
  /** Writes an office phone as it is to be read; `read-only` where the configuration or the directory does not let us. */
  writeOfficePhone(userName: string, text: string | null): Promise<'written' | 'read-only'>;
}

/** How many wrong passwords of strangers a directory's own lock leaves room for, and how long it remembers them. */
export interface Room {
  failures: number;
  /** Milliseconds. */
  within: number;
}

/** What Sparekey asks of the place where accounts and passwords are kept. Names are in normal form. */
export interface Directory {
  /** Where accounts are kept elsewhere; null where Sparekey keeps them itself. */
  readonly elsewhere: Elsewhere | null;
  /** Gives the user name under which a typed name is kept (it may be a mail address there), or the typed one itself. */
  resolveName(typed: string): Promise<string>;
  /** Compares a password; costs the same for a name that is not there. Throws `TooBusy` when the house is full. */
  checkPassword(userName: string, password: string, by?: Trier): Promise<PasswordCheck>;
  /** Tells whether this is the present password; no where asking would count as a try. */
  isPresentPassword(userName: string, password: string): Promise<boolean>;
  /** How many failures of strangers the directory's own lock leaves room for; null where it has none. */
  roomForStrangers(): Promise<Room | null>;
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
  /** Lets go of what it holds open. */
  close(): Promise<void>;
}
