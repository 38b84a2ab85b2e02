import { takeFromLimits } from '../limits/limits.ts';
import type { Db, Time } from '../store/schema.ts';
import { type AuditEvent, recordEvent } from './audit.ts';

const day = 86_400_000;

/** Puts into the audit that a limit is being reached, for administrators to see; once a day for each subject, unless `within` says otherwise. */
export async function tellOfLimit(
  db: Db,
  at: Time,
  told: {
    event: AuditEvent;
    subject: string;
    address?: string;
    details?: Record<string, number>;
    within?: number;
  },
): Promise<boolean> {
  const { event, subject, within = day, ...rest } = told;
  const once = { limit: { name: `told-${event}`, most: 1, within }, subject };
  if ((await takeFromLimits(db, at, [once])).result === 'full') return false;
  await recordEvent(db, at, { event, actor: { kind: 'system' }, outcome: 'refused', ...rest });
  return true;
}
