import { type Actor, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { actOn } from '../people/administer.ts';
import type { Person } from '../people/person.ts';
import { newId } from '../secrets/random.ts';
import { type AccessCode, endAccessCodes, readAccessCode, requestLife } from './access-codes.ts';

/** The administrator who acts, as the audit knows one. */
export type Administrator = Extract<Actor, { kind: 'administrator' }>;

/** Who asks for a code for whom, and why. */
export interface Requesting {
  person: Person;
  reason: string;
  actor: Administrator;
  address?: string | undefined;
  /** Whether a second administrator has to agree: by policy, or because helpdesk asks. */
  needsApproval: boolean;
}

export type Requested =
  | { result: 'requested'; id: string }
  | { result: 'person-disabled' | 'person-blocked' };

/** Asks for a one-time access code; a new request ends whatever code of the person was open. */
export async function requestAccessCode(deps: Deps, requesting: Requesting): Promise<Requested> {
  const { person, actor, needsApproval } = requesting;
  if (person.disabledAt !== null) return { result: 'person-disabled' };
  if (person.blockedAt !== null) return { result: 'person-blocked' };
  const [id, at] = [newId(), deps.now()];
  return inTransaction(deps.db, async (tx): Promise<Requested> => {
    const replaced = await endAccessCodes(tx, at, person.id);
    await tx
      .insertInto('access_codes')
      .values({
        id,
        person_id: person.id,
        reason: requesting.reason,
        requested_by: actor.id,
        requested_at: at,
        approved_at: needsApproval ? null : at,
        expires_at: at + requestLife,
      })
      .execute();
    await recordEvent(tx, at, {
      event: 'access-code-requested',
      ...actOn(requesting),
      details: { reason: requesting.reason, needsApproval, replaced: replaced > 0 },
    });
    return { result: 'requested', id };
  });
}

/** One administrator's step with the code of this id. */
export interface Step {
  id: string;
  actor: Administrator;
  address?: string | undefined;
}

/** What every audit event of a step has in common. */
export function told({ actor, address }: Step, personId: string) {
  return { actor, subject: personId, ...(address === undefined ? {} : { address }) };
}

export type Approved =
  | { result: 'approved'; code: AccessCode }
  | { result: 'access-code-unknown' | 'access-code-own' | 'access-code-approved' };

/** Lets a code be collected; never by who asked for it (S62). */
export async function approveAccessCode(deps: Deps, step: Step): Promise<Approved> {
  const { id, actor } = step;
  const at = deps.now();
  return inTransaction(deps.db, async (tx): Promise<Approved> => {
    const open = await readAccessCode(tx, at, id);
    if (!open) return { result: 'access-code-unknown' };
    if (open.requestedBy === actor.id) return { result: 'access-code-own' };
    const approved = await tx
      .updateTable('access_codes')
      .set({ approved_by: actor.id, approved_at: at })
      .where('id', '=', id)
      .where('approved_by', 'is', null)
      .where('collected_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .executeTakeFirst();
    if (approved.numUpdatedRows === 0n) return { result: 'access-code-approved' };
    await recordEvent(tx, at, { event: 'access-code-approved', ...told(step, open.personId) });
    return { result: 'approved', code: { ...open, state: 'ready', approvedBy: actor.id, approvedAt: at } };
  });
}

/** Ends an open code, collected or not. */
export async function cancelAccessCode(
  deps: Deps,
  step: Step,
): Promise<{ result: 'cancelled' | 'access-code-unknown' }> {
  return inTransaction(deps.db, async (tx) => {
    const open = await readAccessCode(tx, deps.now(), step.id);
    if (!open || (await endAccessCodes(tx, deps.now(), open.personId)) === 0)
      return { result: 'access-code-unknown' };
    await recordEvent(tx, deps.now(), { event: 'access-code-cancelled', ...told(step, open.personId) });
    return { result: 'cancelled' };
  });
}
