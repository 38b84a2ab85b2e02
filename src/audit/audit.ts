import type { Db, Time } from '../store/schema.ts';

/** Who did it: a person, an administrator, the system itself, or somebody not known (yet). */
export type Actor =
  | { kind: 'person'; id: string }
  /** `token` is the API token by which it was done, if any. */
  | { kind: 'administrator'; id: string; token?: string }
  | { kind: 'system' | 'stranger' };

/** What happened, as a noun and a past participle. */
export type AuditEvent =
  | 'person-signed-in'
  | 'sign-in-refused'
  | 'person-signed-out'
  | 'first-password-changed'
  | 'password-reset'
  | 'password-changed'
  | 'password-not-set'
  | 'reset-started'
  | 'answers-accepted'
  | 'answers-refused'
  | 'account-unlocked'
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
  | 'method-revealed'
  | 'registration-demanded'
  | 'person-unlocked'
  | 'block-lifted'
  | 'access-code-requested'
  | 'access-code-approved'
  | 'access-code-collected'
  | 'access-code-cancelled'
  | 'account-blocked'
  | 'access-code-redeemed'
  | 'change-announced'
  | 'change-cancelled'
  | 'change-admitted'
  | 'session-ended'
  | 'answers-shown'
  | 'data-downloaded'
  | 'access-code-accepted'
  | 'access-code-refused'
  | 'policy-replaced'
  | 'question-added'
  | 'question-retired'
  | 'question-approved'
  | 'question-corrected'
  | 'question-replaced'
  | 'question-moved'
  | 'overdue-exported'
  | 'person-reminded'
  | 'reminders-sent'
  | 'audit-exported'
  | 'audit-verified'
  | 'audit-pruned'
  | 'people-imported'
  | 'message-given-up'
  | 'message-budget-nearly-spent'
  | 'guessing-noticed'
  | 'spray-noticed'
  | 'administrator-invited'
  | 'invitation-withdrawn'
  | 'administrator-added'
  | 'administrator-removed'
  | 'administrator-signed-in'
  | 'administrator-refused'
  | 'administrator-signed-out'
  | 'administrator-code-requested'
  | 'administrator-code-refused'
  | 'administrator-password-changed'
  | 'administrator-mail-changed'
  | 'administrator-recovery-made'
  | 'administrator-recovered'
  | 'api-token-made'
  | 'api-token-revoked'
  | 'keys-added'
  | 'keys-taken-into-use'
  | 'data-sealed-anew'
  | 'keys-retired';

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
  await recordEvents(db, at, [entry]);
}

/** Writes many audit rows at once, in the transaction of what they tell; at most a few thousand. */
export async function recordEvents(db: Db, at: Time, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    at,
    event: entry.event,
    actor_kind: entry.actor.kind,
    actor: 'id' in entry.actor ? entry.actor.id : null,
    subject: entry.subject ?? null,
    outcome: entry.outcome ?? 'done',
    address: entry.address ?? null,
    details: JSON.stringify({
      ...entry.details,
      ...('token' in entry.actor && { token: entry.actor.token }),
    }),
  }));
  await db.insertInto('audit').values(rows).execute();
}
