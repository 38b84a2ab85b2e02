import type { z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { comparePolicies } from '../policy/compare.ts';
import { readVersion, readVersions } from '../policy/history.ts';
import { readPolicyVersion } from '../policy/versions.ts';
import { type DoorContext, makeDoor } from './door.ts';
import { askedBy } from './guard.ts';
import {
  type changedMeanwhile,
  changedVersionsOf,
  changesOf,
  type effectsChanged,
  listedVersionsOf,
  policyAnswerOf,
} from './policy-answer.ts';
import { type AskedChange, previewPolicy, type Saved, savePolicy } from './policy-change.ts';
import {
  patchRoute,
  previewRoute,
  readRoute,
  replaceRoute,
  versionRoute,
  versionsRoute,
} from './policy-routes.ts';
import { refusalOf } from './refusal.ts';

/** The policy: read it and its versions, see what a change would do, make it. */
export function policyRoutes(deps: Deps) {
  return makeDoor()
    .openapi(readRoute, async (c) =>
      c.json(await policyAnswerOf(deps.db, await readPolicyVersion(deps.db)), 200),
    )
    .openapi(versionsRoute, async (c) => {
      const { before, limit } = c.req.valid('query');
      const versions = await readVersions(deps.db, { before, limit });
      const last = versions.at(-1)?.version ?? 0;
      const next = last > 0 ? last : null;
      return c.json({ versions: await listedVersionsOf(deps.db, versions), next }, 200);
    })
    .openapi(versionRoute, async (c) => {
      const { version } = c.req.valid('param');
      const { comparedTo = Math.max(0, version - 1) } = c.req.valid('query');
      const [shown, other] = [await readVersion(deps.db, version), await readVersion(deps.db, comparedTo)];
      if (!shown || !other)
        return c.json(refusalOf(c.get('language'), 'version-unknown', shown ? 'comparedTo' : 'version'), 404);
      const changes = changesOf(comparePolicies(other.policy, shown.policy));
      return c.json({ ...(await policyAnswerOf(deps.db, shown)), comparedTo, changes }, 200);
    })
    .openapi(previewRoute, async (c) => {
      const { basedOn, policy: given } = c.req.valid('json');
      const previewed = await previewPolicy(deps, { basedOn, given, extent: 'some' }, c.get('language'));
      switch (previewed.result) {
        case 'refused':
          return c.json(previewed.refusal, 422);
        case 'changed-meanwhile':
          return c.json(await tooLateOf(deps, c, previewed), 409);
        case 'previewed':
          return c.json({ basedOn, changes: changesOf(previewed.changes), effects: previewed.effects }, 200);
      }
    })
    .openapi(replaceRoute, async (c) => {
      const { policy: given, ...rest } = c.req.valid('json');
      return save(deps, c, { ...rest, given, extent: 'all' });
    })
    .openapi(patchRoute, async (c) => {
      const { settings: given, ...rest } = c.req.valid('json');
      return save(deps, c, { ...rest, given, extent: 'some' });
    });
}

async function save(deps: Deps, c: DoorContext, asked: AskedChange) {
  const asker = { by: c.get('administrator').id, act: askedBy(c), language: c.get('language') };
  const saved = await savePolicy(deps, asked, asker);
  switch (saved.result) {
    case 'refused':
      return c.json(saved.refusal, 422);
    case 'changed-meanwhile':
      return c.json(await tooLateOf(deps, c, saved), 409);
    case 'effects-changed':
      return c.json(effectsChangedOf(c, saved), 409);
    case 'saved':
      return c.json(await policyAnswerOf(deps.db, saved.version), 200);
  }
}

async function tooLateOf(
  deps: Deps,
  c: DoorContext,
  { versions }: Extract<Saved, { result: 'changed-meanwhile' }>,
): Promise<z.infer<typeof changedMeanwhile>> {
  const refusal = refusalOf(c.get('language'), 'changed-meanwhile', 'basedOn');
  return { ...refusal, versions: await changedVersionsOf(deps.db, versions) };
}

function effectsChangedOf(
  c: DoorContext,
  { effects }: Extract<Saved, { result: 'effects-changed' }>,
): z.infer<typeof effectsChanged> {
  return { ...refusalOf(c.get('language'), 'effects-changed', 'expected'), effects };
}
