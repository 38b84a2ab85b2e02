import { type AuditEntry, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { isPhoneCountry } from '../methods/phone-number.ts';
import { countEffects } from '../people/count-effects.ts';
import { readTerms, termsAfter } from '../policy/askings.ts';
import { type Change, comparePolicies, settings } from '../policy/compare.ts';
import { type ChangedVersion, readVersionsSince } from '../policy/history.ts';
import { newPolicySchema } from '../policy/judge.ts';
import { lockRules } from '../policy/lock.ts';
import type { Policy } from '../policy/policy.ts';
import { type PolicyVersion, readPolicyVersion, replacePolicy } from '../policy/versions.ts';
import { readApprovedQuestions } from '../questions/questions.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { isPlainText } from './plain-text.ts';
import type { Effects } from './policy-answer.ts';
import { firstRefusal, type Refusal, type RefusalCode, refusalOf } from './refusal.ts';

/** A change as it was asked: settings by name, not yet judged, and the version they were made on. */
export interface AskedChange {
  basedOn: number;
  given: Readonly<Record<string, unknown>>;
  /** `all`: every setting must be given. `some`: those absent stay as they are. */
  extent: 'all' | 'some';
  expected?: Effects | undefined;
}

/** Who asks, and in which language a refusal is to be worded. */
export interface Asker {
  /** The id of the administrator. */
  by: string;
  act: Pick<AuditEntry, 'actor' | 'address'>;
  language: Language;
}

type Refused =
  | { result: 'changed-meanwhile'; versions: ChangedVersion[] }
  | { result: 'refused'; refusal: Refusal };

export type Previewed = Refused | { result: 'previewed'; changes: Change[]; effects: Effects };

export type Saved =
  | Refused
  | { result: 'effects-changed'; effects: Effects }
  | { result: 'saved'; version: PolicyVersion };

/** Says what a change would do to how many people; nothing is saved. */
export async function previewPolicy(deps: Deps, asked: AskedChange, language: Language): Promise<Previewed> {
  return inTransaction(deps.db, async (tx): Promise<Previewed> => {
    const judged = await judgeChange(tx, asked, language);
    if (judged.result !== 'fit') return judged;
    const { inForce, policy } = judged;
    const effects = await effectsOf(tx, policy, deps.now());
    return { result: 'previewed', changes: comparePolicies(inForce.policy, policy), effects };
  });
}

/** Saves a change as a new version, unless it came too late or would do other than was expected; the same policy makes none. */
export async function savePolicy(deps: Deps, asked: AskedChange, asker: Asker): Promise<Saved> {
  return inTransaction(deps.db, async (tx): Promise<Saved> => {
    const at = deps.now();
    await lockRules(tx, at);
    const judged = await judgeChange(tx, asked, asker.language);
    if (judged.result !== 'fit') return judged;
    const { inForce, policy } = judged;
    const changes = comparePolicies(inForce.policy, policy);
    if (changes.length === 0) return { result: 'saved', version: inForce };
    if (asked.expected) {
      const effects = await effectsOf(tx, policy, at);
      if (!sameEffects(effects, asked.expected)) return { result: 'effects-changed', effects };
    }
    return writeVersion(tx, { inForce, policy, changes, at, asker });
  });
}

interface Writing {
  inForce: PolicyVersion;
  policy: Policy;
  changes: Change[];
  at: Time;
  asker: Asker;
}

async function writeVersion(tx: Db, { inForce, policy, changes, at, asker }: Writing): Promise<Saved> {
  const { by, act } = asker;
  const replaced = await replacePolicy(tx, policy, { basedOn: inForce.version, by, at });
  if (replaced.result === 'changed-meanwhile')
    return { result: 'changed-meanwhile', versions: await readVersionsSince(tx, inForce.version) };
  const changed = changes.map(({ setting }) => setting).join(' ');
  await recordEvent(tx, at, {
    event: 'policy-replaced',
    ...act,
    details: { from: inForce.version, to: replaced.version, changed },
  });
  return { result: 'saved', version: { version: replaced.version, at, by, policy } };
}

type Judged = Refused | { result: 'fit'; inForce: PolicyVersion; policy: Policy };

async function judgeChange(tx: Db, asked: AskedChange, language: Language): Promise<Judged> {
  const inForce = await readPolicyVersion(tx);
  if (inForce.version !== asked.basedOn)
    return { result: 'changed-meanwhile', versions: await readVersionsSince(tx, asked.basedOn) };
  const missing = settings.find((name) => asked.extent === 'all' && asked.given[name] === undefined);
  if (missing) return { result: 'refused', refusal: refusalOf(language, 'missing', missing) };
  const parsed = newPolicySchema.safeParse({ ...inForce.policy, ...asked.given });
  if (!parsed.success) return { result: 'refused', refusal: firstRefusal(language, parsed.error.issues) };
  const fault = await faultOf(tx, parsed.data);
  if (fault) return { result: 'refused', refusal: refusalOf(language, fault[1], fault[0]) };
  return { result: 'fit', inForce, policy: parsed.data };
}

/** What the policy cannot know by itself: what text is fit to show, the countries there are, the questions there are. */
async function faultOf(tx: Db, policy: Policy): Promise<[keyof Policy, RefusalCode] | undefined> {
  const { enabledFor, organisationName, phoneCountries, privilegedGroups, stoppedCountries } = policy;
  const groups = enabledFor.who === 'groups' ? [...enabledFor.groups, ...enabledFor.except] : [];
  if (!isPlainText(organisationName)) return ['organisationName', 'not-valid'];
  if (!groups.every(isPlainText)) return ['enabledFor', 'not-valid'];
  if (!privilegedGroups.every(isPlainText)) return ['privilegedGroups', 'not-valid'];
  if (!phoneCountries.every(isPhoneCountry)) return ['phoneCountries', 'unknown-country'];
  if (!stoppedCountries.every(isPhoneCountry)) return ['stoppedCountries', 'unknown-country'];
  if (!policy.securityQuestions) return undefined;
  const approved = await readApprovedQuestions(tx);
  return approved.length < policy.questionsToRegister
    ? ['questionsToRegister', 'too-few-questions']
    : undefined;
}

async function effectsOf(tx: Db, policy: Policy, now: Time): Promise<Effects> {
  const from = await readTerms(tx);
  return countEffects(tx, { from, to: termsAfter(from, policy, now), now });
}

function sameEffects(one: Effects, other: Effects): boolean {
  return (
    one.losesReset === other.losesReset &&
    one.gainsReset === other.gainsReset &&
    one.becomesOverdue === other.becomesOverdue &&
    one.noLongerOverdue === other.noLongerOverdue &&
    one.newlyEnabled === other.newlyEnabled &&
    one.noLongerEnabled === other.noLongerEnabled
  );
}
