import { sql } from 'kysely';
import { inTransaction } from '../store/database.ts';
import type { Db, Time } from '../store/schema.ts';
import { readTerms, termsAfter } from './askings.ts';
import { defaultPolicy, type Policy, storedPolicySchema } from './policy.ts';

export interface PolicyVersion {
  version: number;
  at: Time;
  by: string;
  policy: Policy;
}

/** Reads the policy in force; version 0 is the default of a new house. */
export async function readPolicyVersion(db: Db): Promise<PolicyVersion> {
  const row = await db
    .selectFrom('policies')
    .select(['version', 'at', 'by', 'policy'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return { version: 0, at: 0, by: 'default', policy: defaultPolicy };
  return {
    version: row.version,
    at: row.at,
    by: row.by,
    policy: storedPolicySchema.parse(JSON.parse(row.policy)),
  };
}

/** Reads the policy in force. */
export async function readPolicy(db: Db): Promise<Policy> {
  return (await readPolicyVersion(db)).policy;
}

/** Reads policies of which it keeps the last one read: a version never changes. */
export interface PolicyReader {
  /** The policy in force. */
  latest(): Promise<Policy>;
  /** The policy of a version that there is. */
  of(version: number): Promise<Policy>;
}

/** Makes a reader of policies that takes the text of the version in force from the database once. */
export function makePolicyReader(db: Db): PolicyReader {
  let known = { version: 0, policy: defaultPolicy };
  const of = async (version: number) => {
    // What another request finds out meanwhile is not what this one asked about.
    const { version: at, policy } = known;
    if (version === at) return policy;
    const read = await readVersion(db, version);
    if (version > known.version) known = { version, policy: read };
    return read;
  };
  return {
    of,
    async latest() {
      const row = await db
        .selectFrom('policies')
        .select(sql<number | null>`max(version)`.as('version'))
        .executeTakeFirst();
      return of(row?.version ?? 0);
    },
  };
}

async function readVersion(db: Db, version: number): Promise<Policy> {
  if (version === 0) return defaultPolicy;
  const row = await db
    .selectFrom('policies')
    .select('policy')
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return storedPolicySchema.parse(JSON.parse(row.policy));
}

/** Adds a version; answers `changed-meanwhile` when another one came in since `basedOn`. */
export async function replacePolicy(
  db: Db,
  policy: Policy,
  { basedOn, by, at }: { basedOn: number; by: string; at: Time },
): Promise<{ result: 'replaced'; version: number } | { result: 'changed-meanwhile'; version: number }> {
  return inTransaction(db, async (tx) => {
    const { version } = await readPolicyVersion(tx);
    if (version !== basedOn) return { result: 'changed-meanwhile', version };
    const askings = JSON.stringify(termsAfter(await readTerms(tx), policy, at).askings);
    await tx
      .insertInto('policies')
      .values({ version: version + 1, at, by, policy: JSON.stringify(policy), askings })
      .execute();
    return { result: 'replaced', version: version + 1 };
  });
}
