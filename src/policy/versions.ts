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

/** Makes a reader of the policy in force that takes the text of a version from the database once: versions never change. */
export function makePolicyReader(db: Db): () => Promise<Policy> {
  let known = { version: 0, policy: defaultPolicy };
  return async () => {
    // What another request finds out meanwhile is not what this one asked about.
    const { version, policy } = known;
    const row = await db
      .selectFrom('policies')
      .select([
        'version',
        sql<string | null>`case when version = ${version} then null else policy end`.as('text'),
      ])
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row || row.text === null) return policy;
    known = { version: row.version, policy: storedPolicySchema.parse(JSON.parse(row.text)) };
    return known.policy;
  };
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
