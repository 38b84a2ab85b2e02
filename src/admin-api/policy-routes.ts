import { createRoute, z } from '@hono/zod-openapi';
import { settings } from '../policy/compare.ts';
import { answer, body, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import {
  changedMeanwhile,
  comparedVersion,
  effectsAnswer,
  effectsChanged,
  listedVersion,
  policyAnswer,
  previewAnswer,
} from './policy-answer.ts';

/** Settings by name; each is judged by the policy's own rules once merged with the policy in force. */
const someSettings = z.strictObject(
  Object.fromEntries(settings.map((name) => [name, z.unknown().optional()])),
);

const basedOn = z.int().min(0);
const expected = effectsAnswer.optional();
const versionNumber = z.coerce.number().int().min(0);

/** Reads the policy in force. */
export const readRoute = createRoute({
  method: 'get',
  path: '/policy',
  ...needs('read'),
  responses: { 200: answer(policyAnswer, 'The policy in force'), ...turnedAway },
});

/** Lists the versions. */
export const versionsRoute = createRoute({
  method: 'get',
  path: '/policy/versions',
  ...needs('read'),
  request: {
    query: z.strictObject({
      before: versionNumber.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
  },
  responses: {
    200: answer(
      z.strictObject({ versions: z.array(listedVersion), next: z.int().nullable() }),
      'The versions, newest first; ask on with `before` = `next`',
    ),
    ...turnedAway,
    422: refused('The query is not right'),
  },
});

/** Reads one version and what it changed. */
export const versionRoute = createRoute({
  method: 'get',
  path: '/policy/versions/{version}',
  ...needs('read'),
  request: {
    params: z.strictObject({ version: versionNumber }),
    query: z.strictObject({ comparedTo: versionNumber.optional() }),
  },
  responses: {
    200: answer(comparedVersion, 'A version, and what differs from the one before or from `comparedTo`'),
    ...turnedAway,
    404: refused('No such version'),
    422: refused('A number is not right'),
  },
});

/** Says what a change would do. */
export const previewRoute = createRoute({
  method: 'post',
  path: '/policy/preview',
  ...needs('policy'),
  request: { body: body(z.strictObject({ basedOn, policy: someSettings })) },
  responses: {
    200: answer(previewAnswer, 'What these settings would change, and for how many people'),
    ...turnedAway,
    409: answer(changedMeanwhile, 'Changed meanwhile: `basedOn` is not the version in force'),
    422: refused('A setting is not right'),
  },
});

const tooLate = answer(
  z.union([changedMeanwhile, effectsChanged]),
  'Changed meanwhile (`basedOn` is not the version in force), or the effects are not those `expected`',
);

/** Replaces every setting. */
export const replaceRoute = createRoute({
  method: 'put',
  path: '/policy',
  ...needs('policy'),
  request: { body: body(z.strictObject({ basedOn, policy: someSettings, expected })) },
  responses: {
    200: answer(policyAnswer, 'The policy as it is now: every setting must have been given'),
    ...turnedAway,
    409: tooLate,
    422: refused('A setting is not right, or missing'),
  },
});

/** Changes some settings. */
export const patchRoute = createRoute({
  method: 'patch',
  path: '/policy',
  ...needs('policy'),
  request: { body: body(z.strictObject({ basedOn, settings: someSettings, expected })) },
  responses: {
    200: answer(policyAnswer, 'The policy as it is now: what was not given stayed as it was'),
    ...turnedAway,
    409: tooLate,
    422: refused('A setting is not right'),
  },
});
