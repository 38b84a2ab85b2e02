import type { Directory } from '../directory/directory.ts';
import type { Sealing } from '../secrets/sealing.ts';
import type { Db, Time } from '../store/schema.ts';
import { clearSignInLocks, readSignInLocks } from './sign-in-lock.ts';

/** By what a user name in normal form is counted: people type passwords there too. */
export function nameKey(sealing: Pick<Sealing, 'fingerprint'>, userName: string): string {
  return sealing.fingerprint('user-name', userName);
}

/** The sign-in lock as the lock of a directory that has none of its own. */
export function makeSignInLocks(parts: {
  db: Db;
  sealing: Pick<Sealing, 'fingerprint'>;
  now(): Time;
}): Pick<Directory, 'lockedUntil' | 'unlock'> {
  const { db, sealing, now } = parts;
  return {
    lockedUntil: (userName) => readSignInLocks(db, now(), nameKey(sealing, userName)),
    unlock: (userName) => clearSignInLocks(db, nameKey(sealing, userName)),
  };
}
