import { z } from 'zod';

/** Reminds somebody of what is due from them: why, and by when or since when. */
export const reminderNotice = z.strictObject({
  kind: z.literal('reminder'),
  reason: z.enum(['demanded', 'never-registered', 'incomplete', 'check-due']),
  /** The moment it is due. */
  at: z.int(),
  /** Whether that moment has passed. */
  passed: z.boolean(),
});
export type ReminderNotice = z.infer<typeof reminderNotice>;
