import { z } from 'zod';

const country = z.string().regex(/^[A-Z]{2}$/);
const countries = z.array(country).min(1);
const domain = z.string().regex(/^(?=.{1,253}$)([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/);
const group = z.string().min(1).max(100);
const helpContact = z
  .string()
  .max(300)
  .refine((value) => /^https:\/\/[^\s]+$|^mailto:[^\s,@]+@[^\s,@]+$/.test(value));

/** Every setting with its limits and default (PRODUCT.md, "Policy"). */
export const policySchema = z
  .strictObject({
    enabledFor: z
      .discriminatedUnion('who', [
        z.strictObject({ who: z.literal('nobody') }),
        z.strictObject({ who: z.literal('everybody') }),
        z.strictObject({
          who: z.literal('groups'),
          groups: z.array(group).min(1),
          except: z.array(group).default([]),
        }),
      ])
      .default({ who: 'everybody' }),
    officePhone: z.boolean().default(true),
    phoneText: z.boolean().default(true),
    phoneCall: z.boolean().default(true),
    authenticationEmail: z.boolean().default(true),
    securityQuestions: z.boolean().default(true),
    methodsToReset: z.int().min(1).max(2).default(2),
    methodsToRegister: z.int().min(1).max(4).default(2),
    questionsToRegister: z.int().min(3).max(5).default(5),
    questionsToReset: z.int().min(3).max(5).default(3),
    registrationRequired: z.boolean().default(true),
    postponeDays: z.int().min(0).max(14).default(7),
    registerWithinDays: z.int().min(0).max(730).default(30),
    checkAgainAfterDays: z.int().min(0).max(730).default(180),
    privilegedGroups: z.array(group).default([]),
    keepAuditDays: z.int().min(30).max(3650).default(400),
    notifyOfReset: z.boolean().default(true),
    helpContact: helpContact.nullable().default(null),
    accessCodeNeedsApproval: z.boolean().default(true),
    phoneCountries: countries.default(['NL', 'BE', 'DE', 'LU', 'FR', 'GB']),
    ownMailDomains: z.array(domain).default([]),
    organisationName: z.string().min(1).max(100).default('Sparekey'),
    defaultLanguage: z.enum(['nl', 'en']).default('nl'),
    stoppedCountries: z.array(country).default([]),
    messagesPerDay: z.int().min(1).max(1_000_000).default(2000),
  })
  .superRefine((policy, ctx) => {
    for (const [path, message] of impossibilities(policy))
      ctx.addIssue({ code: 'custom', path: [path], message });
  });

/** What was saved, as this version reads it: a node beside it that is a version ahead may have saved settings of its own. */
export const storedPolicySchema = policySchema.strip();

/** What the house asks: one version of every setting. */
export type Policy = z.infer<typeof policySchema>;

type Settings = {
  officePhone: boolean;
  phoneText: boolean;
  phoneCall: boolean;
  authenticationEmail: boolean;
  securityQuestions: boolean;
  methodsToReset: number;
  methodsToRegister: number;
  questionsToRegister: number;
  questionsToReset: number;
};

/** Gates a policy offers: each phone and mailbox one, the questions together one, and never only the questions. */
function gatesOffered(policy: Settings): number {
  const possession = [policy.officePhone, policy.phoneText || policy.phoneCall, policy.authenticationEmail];
  const count = possession.filter(Boolean).length;
  return count === 0 ? 0 : count + (policy.securityQuestions ? 1 : 0);
}

/** Why nobody could ever satisfy these settings, as setting and reason; empty when somebody can. */
function impossibilities(policy: Settings): [keyof Settings, string][] {
  const faults: [keyof Settings, string][] = [];
  if (policy.methodsToRegister < policy.methodsToReset)
    faults.push(['methodsToRegister', 'fewer-than-to-reset']);
  if (policy.methodsToRegister > gatesOffered(policy))
    faults.push(['methodsToRegister', 'more-than-methods-enabled']);
  if (policy.questionsToReset > policy.questionsToRegister)
    faults.push(['questionsToReset', 'more-than-registered']);
  return faults;
}

/** The policy of a new house. */
export const defaultPolicy: Policy = policySchema.parse({});

/** The countries whose numbers are welcome and to which messages go now. */
export function openCountries({
  phoneCountries,
  stoppedCountries,
}: Pick<Policy, 'phoneCountries' | 'stoppedCountries'>): string[] {
  return phoneCountries.filter((one) => !stoppedCountries.includes(one));
}
