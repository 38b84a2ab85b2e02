import type { Secrets } from '../secrets/secrets.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Directory } from './directory.ts';

interface Parts {
  db: Db;
  hashing: Secrets['hashing'];
  now(): Time;
}

/** The directory that Sparekey brings along: accounts and passwords in its own database. */
export function embeddedDirectory({ db, hashing, now }: Parts): Directory {
  return {
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

    async setPassword(userName, password) {
      const password_hash = await hashing.hashPassword(password);
      await db
        .updateTable('embedded_accounts')
        .set({ password_hash, one_time: 0, changed_at: now() })
        .where('user_name', '=', userName)
        .execute();
    },
  };
}

/** Adds an account to the embedded directory; a one-time password must be changed at the first sign-in. */
export async function addEmbeddedAccount(
  db: Db,
  at: Time,
  account: { userName: string; passwordHash: string; oneTime: boolean },
): Promise<void> {
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
