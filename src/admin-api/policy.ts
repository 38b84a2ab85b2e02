import { createRoute, z } from '@hono/zod-openapi';
import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { isPhoneCountry } from '../methods/phone-number.ts';
import { type Policy, policySchema } from '../policy/policy.ts';
import { readPolicyVersion, replacePolicy } from '../policy/versions.ts';
import { readApprovedQuestions } from '../questions/questions.ts';
import type { Db } from '../store/schema.ts';
import type { Language } from '../words/words.ts';
import { answer, body, makeDoor, refused } from './door.ts';
import { isPlainText } from './plain-text.ts';
import { firstRefusal, type Refusal, type RefusalCode, refusalOf } from './refusal.ts';

const policyAnswer = z.strictObject({ version: z.int(), policy: policySchema }).openapi('PolicyVersion');

/** Any of the settings; each is judged by the policy's own schema once merged with the policy in force. */
const someSettings = z.strictObject(
  Object.fromEntries(Object.keys(policySchema.shape).map((name) => [name, z.unknown().optional()])),
);

const policyPatch = z.strictObject({ basedOn: z.int().min(0), settings: someSettings });

const readRoute = createRoute({
  method: 'get',
  path: '/policy',
  responses: { 200: answer(policyAnswer, 'The policy in force'), 401: refused('No token') },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/policy',
  request: { body: body(policyPatch) },
  responses: {
    200: answer(policyAnswer, 'The policy as it is now'),
    401: refused('No token'),
    409: refused('Changed meanwhile: `basedOn` is not the version in force'),
    422: refused('A setting is not right'),
  },
});

/** The policy: read it, change some settings of it. */
export function policyRoutes(deps: Deps) {
  return makeDoor()
    .openapi(readRoute, async (c) => {
      const { version, policy } = await readPolicyVersion(deps.db);
      return c.json({ version, policy }, 200);
    })
    .openapi(patchRoute, async (c) => {
      const [language, by] = [c.get('language'), c.get('administrator')];
      const changed = await changePolicy(deps, c.req.valid('json'), { language, by });
      if (changed.result === 'changed-meanwhile')
        return c.json(refusalOf(language, 'changed-meanwhile', 'basedOn'), 409);
      if (changed.result === 'refused') return c.json(changed.refusal, 422);
      return c.json({ version: changed.version, policy: changed.policy }, 200);
    });
}

type Changed =
  | { result: 'saved'; version: number; policy: Policy }
  | { result: 'changed-meanwhile' }
  | { result: 'refused'; refusal: Refusal };

async function changePolicy(
  deps: Deps,
  patch: z.infer<typeof policyPatch>,
  { language, by }: { language: Language; by: string },
): Promise<Changed> {
  return inTransaction(deps.db, async (tx): Promise<Changed> => {
    const inForce = await readPolicyVersion(tx);
    if (inForce.version !== patch.basedOn) return { result: 'changed-meanwhile' };
    const parsed = policySchema.safeParse({ ...inForce.policy, ...patch.settings });
    if (!parsed.success) return { result: 'refused', refusal: firstRefusal(language, parsed.error.issues) };
    const fault = await faultOf(tx, parsed.data);
    if (fault) return { result: 'refused', refusal: refusalOf(language, fault[1], fault[0]) };
    return savePolicy(deps, tx, { before: inForce, policy: parsed.data, by });
  });
}

/** What the policy cannot know by itself: the countries there are, the questions there are. */
async function faultOf(tx: Db, policy: Policy): Promise<[keyof Policy, RefusalCode] | undefined> {
  if (!isPlainText(policy.organisationName)) return ['organisationName', 'not-valid'];
  if (!policy.phoneCountries.every(isPhoneCountry)) return ['phoneCountries', 'unknown-country'];
  if (!policy.securityQuestions) return undefined;
  const approved = await readApprovedQuestions(tx);
  return approved.length < policy.questionsToRegister
    ? ['questionsToRegister', 'too-few-questions']
    : undefined;
}

async function savePolicy(
  deps: Deps,
  tx: Db,
  { before, policy, by }: { before: { version: number; policy: Policy }; policy: Policy; by: string },
): Promise<Changed> {
  const keys = policySchema.keyof().options;
  const different = keys.filter((key) => JSON.stringify(before.policy[key]) !== JSON.stringify(policy[key]));
  if (different.length === 0) return { result: 'saved', version: before.version, policy };
  const at = deps.now();
  const saved = await replacePolicy(tx, policy, { basedOn: before.version, by, at });
  if (saved.result === 'changed-meanwhile') return { result: 'changed-meanwhile' };
  await recordEvent(tx, at, {
    event: 'policy-replaced',
    actor: { kind: 'administrator', id: by },
    details: { version: saved.version, changed: different.join(' ') },
  });
  return { result: 'saved', version: saved.version, policy };
}
