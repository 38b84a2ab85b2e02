import type { Deps } from '../deps.ts';
import { takeLease } from '../store/lease.ts';
import type { ReminderCounts } from './reminder-counts.ts';
import { sendScheduledReminders } from './send-reminders.ts';

/** Longer than any page takes; milliseconds. */
const leaseLength = 10 * 60_000;

/** Sends what the schedule wants, on one node of however many; undefined when another does it, or no mail can go out. */
export async function runSchedule(deps: Deps, stop?: AbortSignal): Promise<ReminderCounts | undefined> {
  if (!deps.carries.has('mail')) return undefined;
  const lease = await takeLease(deps.db, 'reminders', { now: deps.now, length: leaseLength });
  if (!lease) return undefined;
  try {
    const sending = { actor: { kind: 'system' }, dryRun: false, stop, goOn: () => lease.renew() } as const;
    const counts = await sendScheduledReminders(deps, sending);
    if (counts.selected > 0) deps.log.info({ ...counts }, 'reminders sent');
    return counts;
  } finally {
    await lease.release();
  }
}
