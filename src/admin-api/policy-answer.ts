import { z } from '@hono/zod-openapi';
import { readAdministratorNames } from '../administrators/administrator.ts';
import type { Change } from '../policy/compare.ts';
import type { ChangedVersion } from '../policy/history.ts';
import { policySchema } from '../policy/policy.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import type { Db } from '../store/schema.ts';
import { isoTime } from './door.ts';
import { refusalSchema } from './refusal.ts';

const about = {
  version: z.int(),
  /** The name of the administrator; null for the default of a new house. */
  by: z.string().nullable(),
  at: z.string().nullable(),
};

const settingValue = z.union([
  z.boolean(),
  z.number(),
  z.string(),
  z.null(),
  z.array(z.string()),
  policySchema.shape.enabledFor.unwrap(),
]);

const changeAnswer = z
  .strictObject({ setting: policySchema.keyof(), from: settingValue, to: settingValue })
  .openapi('PolicyChange');

/** A version of the policy with every setting. */
export const policyAnswer = z.strictObject({ ...about, policy: policySchema }).openapi('PolicyVersion');

/** A version as it stands in the list: which settings it changed. */
export const listedVersion = z.strictObject({ ...about, changed: z.array(policySchema.keyof()) });

/** A version with every setting, and in what it differs from another. */
export const comparedVersion = policyAnswer.extend({ comparedTo: z.int(), changes: z.array(changeAnswer) });

/** What a change would do, in numbers of people. */
export const effectsAnswer = z
  .strictObject({
    losesReset: z.int(),
    gainsReset: z.int(),
    becomesOverdue: z.int(),
    noLongerOverdue: z.int(),
    newlyEnabled: z.int(),
    noLongerEnabled: z.int(),
  })
  .openapi('PolicyEffects');

export type Effects = z.infer<typeof effectsAnswer>;

/** What a change would do, before it is saved. */
export const previewAnswer = z.strictObject({
  basedOn: z.int(),
  changes: z.array(changeAnswer),
  effects: effectsAnswer,
});

/** The refusals of a change that came too late, each with what is now. */
export const changedMeanwhile = refusalSchema.extend({
  versions: z.array(z.strictObject({ ...about, changes: z.array(changeAnswer) })),
});
export const effectsChanged = refusalSchema.extend({ effects: effectsAnswer });

async function namesOf(db: Db, versions: readonly PolicyVersion[]): Promise<Map<string, string>> {
  return readAdministratorNames(
    db,
    versions.map(({ by }) => by),
  );
}

function aboutOf(names: ReadonlyMap<string, string>, { version, at, by }: PolicyVersion) {
  if (version === 0) return { version, by: null, at: null };
  return { version, by: names.get(by) ?? by, at: isoTime(at) };
}

/** A version for the reader, its maker by name. */
export async function policyAnswerOf(db: Db, version: PolicyVersion): Promise<z.infer<typeof policyAnswer>> {
  return { ...aboutOf(await namesOf(db, [version]), version), policy: version.policy };
}

/** Versions for a list. */
export async function listedVersionsOf(
  db: Db,
  versions: readonly ChangedVersion[],
): Promise<z.infer<typeof listedVersion>[]> {
  const names = await namesOf(db, versions);
  return versions.map((version) => ({
    ...aboutOf(names, version),
    changed: version.changes.map(({ setting }) => setting),
  }));
}

/** Who changed what, version by version. */
export async function changedVersionsOf(db: Db, versions: readonly ChangedVersion[]) {
  const names = await namesOf(db, versions);
  return versions.map((version) => ({ ...aboutOf(names, version), changes: changesOf(version.changes) }));
}

/** Changes for the reader. */
export function changesOf(changes: readonly Change[]): z.infer<typeof changeAnswer>[] {
  return changes.map(({ setting, from, to }) => ({ setting, from, to }));
}
