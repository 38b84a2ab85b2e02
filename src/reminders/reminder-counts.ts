import type { OverdueQuery } from '../people/list-overdue.ts';

/** What there is to remind, and what came of it. */
export interface ReminderCounts {
  /** Overdue and fitting the filter; on schedule: whose time it is. */
  selected: number;
  /** With a work mailbox, and not reminded within the last day. */
  toSend: number;
  withoutMailbox: number;
  remindedToday: number;
  sent: number;
}

/** Whom to remind. */
export type ReminderFilter = Pick<OverdueQuery, 'reason' | 'group' | 'prefix'>;
