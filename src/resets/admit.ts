import { admitChallenge } from '../challenges/admit.ts';
import { failureMonthOfResets } from '../challenges/code-limits.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { readLimit } from '../limits/limits.ts';
import { type AddressedMethod, channelOf, destinationKey } from '../methods/method.ts';
import { askedOf } from '../people/asked.ts';
import { findPerson, type Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/versions.ts';
import { provenOf, readRegistrations } from '../registrations/registration.ts';
import { type Ask, askOf } from './ask.ts';
import { type Reset, readReset } from './reset.ts';
import { mayReset } from './standing.ts';

async function readLive(deps: Deps, askId: string): Promise<{ ask: Ask; reset: Reset } | undefined> {
  const row = await deps.db
    .selectFrom('reset_asks')
    .selectAll()
    .where('id', '=', askId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', deps.now())
    .executeTakeFirst();
  const reset = row && (await readReset(deps, row.reset_id));
  return row && reset?.endedAs === null ? { ask: askOf(deps, row), reset } : undefined;
}

/** Whether the policy lets this person prove themselves in this way. */
function isEnabled(policy: Policy, person: Person, method: AddressedMethod): boolean {
  const asked = askedOf(policy, person);
  if (!asked.enabled || !asked.methods.includes(method.kind)) return false;
  return method.kind !== 'authentication-phone' || asked.phoneChannels.includes(method.channel);
}

/** The method the person has proven, by the channel that was asked for; undefined when what was typed is another. */
function provenAs(proven: AddressedMethod, typed: AddressedMethod): AddressedMethod | undefined {
  if (proven.kind !== typed.kind || destinationKey(proven) !== destinationKey(typed)) return undefined;
  return proven.kind === 'authentication-phone' && typed.kind === 'authentication-phone'
    ? { ...proven, channel: typed.channel }
    : proven;
}

async function findMethod(deps: Deps, person: Person, typed: AddressedMethod) {
  const { db, secrets } = deps;
  const proven = provenOf(await readRegistrations({ db, sealing: secrets.sealing }, person.id));
  return proven.map(({ method }) => provenAs(method, typed)).find((method) => method !== undefined);
}

/**
 * Looks at a code asked for in a reset, out of the sight of whoever asked: it may go out only when what was typed is a
 * proven method of the person with that name. What the limits hold back is not told anybody (S45).
 */
export async function admitCode(
  deps: Deps,
  { messageId, challengeId }: { messageId: string; challengeId: string },
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const inside = { ...deps, db: tx };
    const live = await readLive(inside, challengeId);
    if (!live) return false;
    const { ask, reset } = live;
    const person = await findPerson({ db: tx, sealing: deps.secrets.sealing }, reset.userName);
    const policy = await readPolicy(tx);
    if (!mayReset(person) || !isEnabled(policy, person, ask.method)) return false;
    const method = await findMethod(inside, person, ask.method);
    if (!method || !deps.carries.has(channelOf(method))) return false;
    const failures = await readLimit(tx, deps.now(), failureMonthOfResets(person.id));
    if (failures.result === 'full') return false;
    const { language, createdAt: askedAt, expiresAt: authorisedUntil } = ask;
    const { address } = reset;
    const wanted = { purpose: 'reset', method, language, policy, address, authorisedUntil } as const;
    return admitChallenge(tx, deps, { person, wanted, challengeId, messageId, askedAt });
  });
}
