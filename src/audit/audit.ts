import type { Db, Time } from '../store/schema.ts';

/** Who did it: a person, an administrator, the system itself, or somebody not known (yet). */
export type Actor = { kind: 'person' | 'administrator'; id: string } | { kind: 'system' | 'stranger' };

/** What happened, as a noun and a past participle. */
export type AuditEvent =
  | 'person-signed-in'
  | 'sign-in-refused'
  | 'person-signed-out'
  | 'first-password-changed'
  | 'code-requested'
  | 'code-accepted'
  | 'code-refused'
  | 'method-registered'
  | 'method-changed'
  | 'method-removed'
  | 'method-checked'
  | 'method-filled-in'
  | 'question-answered'
  | 'identity-confirmed'
  | 'registration-finished'
  | 'registration-postponed'
  | 'person-added'
  | 'person-changed'
  | 'office-phone-replaced'
  | 'policy-replaced'
  | 'question-added'
  | 'question-retired'
  | 'message-given-up'
  | 'message-budget-nearly-spent'
  | 'guessing-noticed';

export interface AuditEntry {
  event: AuditEvent;
  actor: Actor;
  /** The id of the person it is about. */
  subject?: string;
  outcome?: 'done' | 'refused';
  /** The network address the request came from. */
  address?: string;
  /** Names and numbers only: never a code, answer, password, full number or address. */
  details?: Record<string, string | number | boolean | null>;
}

/** What every act of a person on their own matters has in common. */
export function ownAct(personId: string, address: string) {
  return { actor: { kind: 'person', id: personId }, subject: personId, address } as const;
}

/** Writes one audit row, in the transaction of what it tells. */
export async function recordEvent(db: Db, at: Time, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      at,
      event: entry.event,
      actor_kind: entry.actor.kind,
      actor: 'id' in entry.actor ? entry.actor.id : null,
      subject: entry.subject ?? null,
      outcome: entry.outcome ?? 'done',
      address: entry.address ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
