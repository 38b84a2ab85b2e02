import type { Config } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Directory } from '../directory/directory.ts';
import { embeddedDirectory } from '../directory/embedded.ts';
import { makeSignInLocks } from '../limits/directory-locks.ts';
import { isUserName, normaliseUserName } from '../people/user-name.ts';

/** The directory that the configuration names (its client is loaded only then), or the one that Sparekey brings along. */
export async function makeDirectory(
  { directory: settings }: Config,
  { db, secrets, now, log }: Pick<Deps, 'db' | 'secrets' | 'now' | 'log'>,
): Promise<Directory> {
  const locks = makeSignInLocks({ db, sealing: secrets.sealing, now });
  if (!settings) return embeddedDirectory({ db, hashing: secrets.hashing, now, locks });
  const { ldapDirectory } = await import('../directory/ldap/ldap-directory.ts');
  const directory = ldapDirectory({
    settings,
    now,
    told: {
      onAway: (failure) => log.warn({ failure }, 'the directory does not answer: nobody can sign in'),
      onBack: () => log.info('the directory answers again'),
    },
    normalise(name) {
      const normal = normaliseUserName(name);
      return isUserName(normal) ? normal : '';
    },
    async readKnownId(userName) {
      const known = await db
        .selectFrom('people')
        .select('directory_id')
        .where('user_name', '=', userName)
        .executeTakeFirst();
      return known?.directory_id ?? null;
    },
  });
  // Strangers are held back here before the directory would lock: who is held up is freed of both.
  return {
    ...directory,
    lockedUntil: async (name) => (await directory.lockedUntil(name)) ?? (await locks.lockedUntil(name)),
    async unlock(name) {
      await directory.unlock(name);
      await locks.unlock(name);
    },
  };
}
