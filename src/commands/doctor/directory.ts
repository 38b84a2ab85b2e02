import { existsSync } from 'node:fs';
import { checkDirectory } from '../../directory/ldap/check.ts';
import { openDatabase } from '../../store/database.ts';
import { readHeldLosses } from '../../synchronisation/state.ts';
import { type Check, type Examined, type Finding, fault, good } from './check.ts';

/** Whether people are missing that nobody has said are gone; nothing where there is no database to ask. */
async function findLosses({ config }: Examined): Promise<Finding[]> {
  if (config.databaseUrl === undefined && !existsSync(config.databaseFile)) return [];
  const db = openDatabase(config, { onBroken: () => {} });
  try {
    const held = await readHeldLosses(db);
    if (held === null) return [];
    const since = new Date(held.since).toISOString().slice(0, 16).replace('T', ' ');
    return [
      fault(
        `${held.missing} of ${held.of} people have been missing since ${since} UTC: too many at once, so none of them is disabled.`,
        `See that DIRECTORY_BASE, DIRECTORY_FILTER and the account's rights still show everybody. If they are meant to be gone: sparekey directory sync --accept-losses ${held.missing}`,
      ),
    ];
  } catch {
    // What is wrong with the database is told where that is looked at.
    return [];
  } finally {
    await db.destroy();
  }
}

/** The directory, where people are kept elsewhere: each server answers, shows people and rules, and gives the rights that are needed. */
export const directory: Check = {
  name: 'Directory',
  async run(examined) {
    const { directory: settings } = examined.config;
    if (settings === undefined) return [good('Sparekey keeps the people and passwords itself.')];
    return [...(await checkDirectory(settings, examined.now)), ...(await findLosses(examined))];
  },
};
