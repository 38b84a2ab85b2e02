import { type Policy, policySchema } from './policy.ts';

/** The name of a setting. */
export type Setting = keyof Policy;

/** The settings there are, in the order in which they are shown. */
export const settings: readonly Setting[] = policySchema.keyof().options;

/** A setting that differs, and how. */
export interface Change {
  setting: Setting;
  from: Policy[Setting];
  to: Policy[Setting];
}

/** Compares two policies setting by setting; empty when they say the same. */
export function comparePolicies(from: Policy, to: Policy): Change[] {
  return settings
    .filter((setting) => JSON.stringify(from[setting]) !== JSON.stringify(to[setting]))
    .map((setting) => ({ setting, from: from[setting], to: to[setting] }));
}
