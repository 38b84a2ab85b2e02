import type { Time } from '../store/schema.ts';
import type { Leased } from './lease.ts';
import { finishMessage, finishSent, giveMessageUp, postponeMessage } from './settle.ts';
import { dayOf } from './tally.ts';
import { priceOf } from './tariff.ts';
import type { Attempt, Outcome, WorkerNeeds } from './worker.ts';

/** A notice that could not be sent for so long tells nobody anything new; milliseconds. */
const noticePatience = 3 * 24 * 3_600_000;

/** Writes down what became of a message, whenever the database is there for it. */
export type Note = (write: () => Promise<void>) => Promise<void>;

type Sending = Extract<Attempt, { result: 'sent' }>;

function tell({ tariff, timeZone }: WorkerNeeds, { outgoing, taken }: Sending, at: Time) {
  const { channel } = outgoing;
  const country = tariff?.countryOf(outgoing) ?? null;
  const price = taken.price ?? priceOf(tariff, channel, country);
  return { remoteId: taken.remoteId, sent: { day: dayOf(at, timeZone), channel, country, price } };
}

/** Notes what a try came to: sent, dropped, put off or given up; tells the log, and whoever counts. */
export async function conclude(
  needs: WorkerNeeds,
  note: Note,
  { message, outcome }: { message: Leased; outcome: Attempt },
): Promise<void> {
  const at = needs.now();
  const told = aboutMessage(message);
  const count = (what: Outcome) => needs.onOutcome?.(message.channel, what);
  switch (outcome.result) {
    case 'sent':
      count('sent');
      await note(() => finishSent(needs.db, message, { at, ...tell(needs, outcome, at) }));
      return needs.log.info(told, 'message sent');
    case 'pointless':
      if (outcome.because === 'expired' && message.failure !== null)
        return giveUp(needs, note, { message, reason: message.failure });
      count('dropped');
      await note(
        async () => void (await finishMessage(needs.db, message, { state: 'dropped', at, failure: null })),
      );
      return needs.log.info(told, 'message dropped: it has lost its point');
    case 'refused': {
      const { permanent, reason } = outcome;
      const tooOld = message.challenge_id === null && at - message.created_at >= noticePatience;
      if (permanent || tooOld) return giveUp(needs, note, { message, reason });
      count('put-off');
      await note(() => postponeMessage(needs.db, message, { at, reason }));
      return needs.log.warn({ ...told, failure: reason }, 'message not sent yet');
    }
  }
}

async function giveUp(
  needs: WorkerNeeds,
  note: Note,
  { message, reason }: { message: Leased; reason: string },
): Promise<void> {
  const at = needs.now();
  await note(() => giveMessageUp(needs, message, { at, reason }));
  needs.onOutcome?.(message.channel, 'given-up');
  needs.log.warn({ ...aboutMessage(message), failure: reason }, 'message given up');
}

function aboutMessage({ id, kind, channel, attempts }: Leased) {
  return { message: id, kind, channel, attempt: attempts };
}
