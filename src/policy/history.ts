import type { Selectable } from 'kysely';
import type { Db, Tables } from '../store/schema.ts';
import { type Change, comparePolicies } from './compare.ts';
import { defaultPolicy, storedPolicySchema } from './policy.ts';
import type { PolicyVersion } from './versions.ts';

/** A version, and in what it differs from the one before. */
export interface ChangedVersion extends PolicyVersion {
  changes: Change[];
}

/** What a house asks before anybody has changed anything. */
const firstVersion: PolicyVersion = { version: 0, at: 0, by: 'default', policy: defaultPolicy };

function versionOf(row: Selectable<Tables['policies']>): PolicyVersion {
  const { version, at, by } = row;
  return { version, at, by, policy: storedPolicySchema.parse(JSON.parse(row.policy)) };
}

/** Reads one version; version 0 is the default of a new house. */
export async function readVersion(db: Db, version: number): Promise<PolicyVersion | undefined> {
  if (version === 0) return firstVersion;
  const row = await db.selectFrom('policies').selectAll().where('version', '=', version).executeTakeFirst();
  return row && versionOf(row);
}

/** Reads so many versions below a number, newest first, each with its changes. */
export async function readVersions(
  db: Db,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<ChangedVersion[]> {
  let query = db
    .selectFrom('policies')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('version', '<', before);
  const stored = (await query.execute()).map(versionOf);
  const versions = before === 0 ? [] : [...stored, firstVersion];
  return versions.slice(0, limit).map((version, index) => {
    const earlier = versions[index + 1];
    return { ...version, changes: earlier ? comparePolicies(earlier.policy, version.policy) : [] };
  });
}

/** Reads every version after this one, oldest first, each with its changes: who changed what meanwhile. */
export async function readVersionsSince(db: Db, version: number): Promise<ChangedVersion[]> {
  const rows = await db
    .selectFrom('policies')
    .selectAll()
    .where('version', '>=', version)
    .orderBy('version')
    .execute();
  const versions = rows.map(versionOf);
  const known = version === 0 ? [firstVersion, ...versions] : versions;
  return known.slice(1).map((one, index) => {
    const earlier = known[index];
    return { ...one, changes: earlier ? comparePolicies(earlier.policy, one.policy) : [] };
  });
}
