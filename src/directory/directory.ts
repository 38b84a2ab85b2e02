/** What a directory says of a password. `one-time` is right, but an own password must be chosen first. */
export type PasswordCheck = 'right' | 'one-time' | 'wrong';

/** What Sparekey asks of the place where accounts and passwords are kept. Names are in normal form. */
export interface Directory {
  /** Compares a password; costs the same for a name that is not there. Throws `TooBusy` when the house is full. */
  checkPassword(userName: string, password: string): Promise<PasswordCheck>;
  /** Sets a person's own lasting password. */
  setPassword(userName: string, password: string): Promise<void>;
}
