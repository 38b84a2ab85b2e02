import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { tellOfAccessCode } from '../notices/tell-person.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';
import { type AccessCode, codeLife, readAccessCode } from './access-codes.ts';
import { newAccessCode, parseAccessCode } from './code.ts';
import { type Step, told } from './issue.ts';

export type Collected = { result: 'collected'; code: string; expiresAt: number } | { result: CannotCollect };

type CannotCollect =
  | 'access-code-unknown'
  | 'access-code-not-yours'
  | 'access-code-not-approved'
  | 'access-code-collected';

/** The step of collecting, for the person whose code it is. */
export type Collecting = Step & { person: Person; policy: Policy };

/** A policy that has grown stricter since the request counts too. */
function whyNot(
  open: AccessCode | undefined,
  { actor, person, policy }: Collecting,
): CannotCollect | undefined {
  if (open?.personId !== person.id) return 'access-code-unknown';
  if (open.requestedBy !== actor.id) return 'access-code-not-yours';
  if (open.state === 'collected') return 'access-code-collected';
  if (open.state === 'waiting' || (policy.accessCodeNeedsApproval && open.approvedBy === null))
    return 'access-code-not-approved';
  return undefined;
}

async function keepHash(tx: Db, deps: Deps, { id, hash }: { id: string; hash: string }) {
  const at = deps.now();
  const { numUpdatedRows } = await tx
    .updateTable('access_codes')
    .set({ code_hash: hash, collected_at: at, expires_at: at + codeLife })
    .where('id', '=', id)
    .where('collected_at', 'is', null)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Makes the code and shows it to who asked for it, exactly once; only its hash is kept. The person is told at every
 * known address. Good for a day.
 */
export async function collectAccessCode(deps: Deps, collecting: Collecting): Promise<Collected> {
  const { id, person, policy } = collecting;
  const shown = newAccessCode();
  const hash = deps.secrets.accessCodes.hashOf(person.id, parseAccessCode(shown) ?? shown);
  const collected = await inTransaction(deps.db, async (tx): Promise<Collected> => {
    const open = await readAccessCode(tx, deps.now(), id);
    const refused = whyNot(open, collecting);
    if (refused) return { result: refused };
    if (!(await keepHash(tx, deps, { id, hash }))) return { result: 'access-code-collected' };
    const expiresAt = deps.now() + codeLife;
    await recordEvent(tx, deps.now(), { event: 'access-code-collected', ...told(collecting, person.id) });
    await tellOfAccessCode(tx, deps, { person, policy, until: expiresAt });
    return { result: 'collected', code: shown, expiresAt };
  });
  if (collected.result === 'collected') deps.wakeDelivery();
  return collected;
}
