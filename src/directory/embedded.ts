import { createHash } from 'node:crypto';
import type { Secrets } from '../secrets/secrets.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Directory, PasswordSet } from './directory.ts';

interface Parts {
  db: Db;
  hashing: Secrets['hashing'];
  now(): Time;
  /** The lock after wrong passwords, which this directory leaves to the limits. */
  locks: Pick<Directory, 'lockedUntil' | 'unlock'>;
}

/** Tells one password's hash from the next; salted, so no two are the same. */
function markOf(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url');
}

async function readHash(db: Db, userName: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('embedded_accounts')
    .select('password_hash')
    .where('user_name', '=', userName)
    .executeTakeFirst();
  return row?.password_hash;
}

/** Replaces exactly the password that was there before: of two that write, one does. */
async function replaceHash(
  { db, now }: Parts,
  userName: string,
  { kept, mark }: { kept: string; mark: string | null },
): Promise<PasswordSet> {
  const before = await readHash(db, userName);
  if (before === kept) return 'set';
  if (before === undefined || markOf(before) !== mark) return 'stale';
  const { numUpdatedRows } = await db
    .updateTable('embedded_accounts')
    .set({ password_hash: kept, one_time: 0, changed_at: now() })
    .where('user_name', '=', userName)
    .where('password_hash', '=', before)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? 'set' : 'stale';
}

/** The directory that Sparekey brings along: accounts and passwords in its own database. */
export function embeddedDirectory(parts: Parts): Directory {
  const { db, hashing, locks } = parts;
  return {
    elsewhere: null,
    resolveName: async (typed) => typed,
    roomForStrangers: async () => null,
    close: async () => {},

    async isPresentPassword(userName, password) {
      const hash = await readHash(db, userName);
      return hash !== undefined && hashing.verifyPassword(hash, password);
    },

    async checkPassword(userName, password) {
      const account = await db
        .selectFrom('embedded_accounts')
        .select(['password_hash', 'one_time'])
        .where('user_name', '=', userName)
        .executeTakeFirst();
      if (!account) {
        await hashing.verifyNothing(password);
        return 'wrong';
      }
      if (!(await hashing.verifyPassword(account.password_hash, password))) return 'wrong';
      return account.one_time === 1 ? 'one-time' : 'right';
    },

    async preparePassword(userName, password) {
      const kept = await hashing.hashPassword(password);
      const before = await readHash(db, userName);
      return { password, kept, mark: before === undefined ? null : markOf(before) };
    },

    async setPassword(userName, { kept, mark }) {
      return kept === null ? 'refused' : replaceHash(parts, userName, { kept, mark });
    },

    lockedUntil: locks.lockedUntil,
    unlock: locks.unlock,
  };
}

/** An account to be added; a one-time password must be changed at the first sign-in. */
export interface NewAccount {
  userName: string;
  passwordHash: string;
  oneTime: boolean;
}

/** Adds an account to the embedded directory. */
export async function addEmbeddedAccount(db: Db, at: Time, account: NewAccount): Promise<void> {
  await db
    .insertInto('embedded_accounts')
    .values({
      user_name: account.userName,
      password_hash: account.passwordHash,
      one_time: account.oneTime ? 1 : 0,
      changed_at: at,
    })
    .execute();
}

/** Adds some hundreds of accounts at once; one that was left behind under the same name gives way, password and all. */
export async function addEmbeddedAccounts(db: Db, at: Time, accounts: readonly NewAccount[]): Promise<void> {
  if (accounts.length === 0) return;
  const rows = accounts.map(({ userName, passwordHash, oneTime }) => ({
    user_name: userName,
    password_hash: passwordHash,
    one_time: oneTime ? 1 : 0,
    changed_at: at,
  }));
  await db
    .insertInto('embedded_accounts')
    .values(rows)
    .onConflict((c) =>
      c.column('user_name').doUpdateSet((row) => ({
        password_hash: row.ref('excluded.password_hash'),
        one_time: row.ref('excluded.one_time'),
        changed_at: row.ref('excluded.changed_at'),
      })),
    )
    .execute();
}
