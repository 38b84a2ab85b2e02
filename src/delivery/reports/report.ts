import type { Db, Time } from '../../store/schema.ts';

const week = 7 * 86_400_000;

/** What the other side says became of a message: by our own id, or by theirs. `reason` holds no number and no words of theirs. */
export interface Report {
  readonly about: { readonly messageId: string } | { readonly remoteId: string };
  readonly result: 'delivered' | 'undelivered';
  readonly reason: string | null;
}

/**
 * Keeps a report with its message, and says whether there was anything to keep: the first report of a message stands, so
 * that duplicates, replays and ids that nobody knows change nothing; what is older than a week is over.
 */
export async function keepReport(db: Db, report: Report, at: Time): Promise<boolean> {
  const id =
    'messageId' in report.about ? report.about.messageId : await findRemote(db, report.about.remoteId);
  if (id === undefined) return false;
  const kept = await db
    .updateTable('messages')
    .set({ report: report.result, reported_at: at, report_reason: report.reason })
    .where('id', '=', id)
    .where('report', 'is', null)
    .where('created_at', '>', at - week)
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}

/** Operators use their numbers again: the newest message counts. */
async function findRemote(db: Db, remoteId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('messages')
    .select('id')
    .where('remote_id', '=', remoteId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
