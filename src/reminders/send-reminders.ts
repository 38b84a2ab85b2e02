import { type Actor, recordEvent } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { readTerms, type Terms } from '../policy/askings.ts';
import type { Time } from '../store/schema.ts';
import { type Candidate, candidatePages } from './candidates.ts';
import { countOnTime, countOverdue } from './count-reminders.ts';
import { remind } from './remind.ts';
import type { ReminderCounts, ReminderFilter } from './reminder-counts.ts';
import { firstBefore, isTime, isTooSoon } from './schedule.ts';

/** Who asks for it, whether it is only counted, and when to stop early: whole batches have gone out then. */
export interface Sending {
  actor: Actor;
  dryRun: boolean;
  stop?: AbortSignal | undefined;
  /** Called between pages; false stops. */
  goOn?: (() => Promise<boolean>) | undefined;
}

/** Reminds whoever is overdue and fits, at an administrator's word; asked again it goes on where it was stopped. */
export async function sendReminders(
  deps: Deps,
  filter: ReminderFilter,
  sending: Sending,
): Promise<ReminderCounts> {
  const [terms, now] = [await readTerms(deps.db), deps.now()];
  if (sending.dryRun) return countOverdue(deps.db, { terms, now }, filter);
  const pages = candidatePages(deps.db, { terms, now, by: now }, filter);
  return sendPages(deps, pages, { ...sending, terms, now, asked: { ...filter } });
}

/** Reminds whoever's time it is, before and after what they have to do is due; of a later moment it is only counted. */
export async function sendScheduledReminders(
  deps: Deps,
  sending: Sending,
  at?: Time,
): Promise<ReminderCounts> {
  const [terms, now] = [await readTerms(deps.db), at ?? deps.now()];
  if (sending.dryRun || at !== undefined) return countOnTime(deps.db, { terms, now });
  const pages = onTime(candidatePages(deps.db, { terms, now, by: now + firstBefore }, {}), now);
  return sendPages(deps, pages, { ...sending, terms, now, asked: {} });
}

async function* onTime(pages: AsyncIterable<Candidate[]>, now: Time): AsyncGenerator<Candidate[]> {
  for await (const page of pages) yield page.filter(({ duty, reminded }) => isTime(duty, reminded, now));
}

interface Run extends Sending {
  terms: Terms;
  now: Time;
  asked: Record<string, string | undefined>;
}

async function sendPages(deps: Deps, pages: AsyncIterable<Candidate[]>, run: Run): Promise<ReminderCounts> {
  const counts = { selected: 0, toSend: 0, withoutMailbox: 0, remindedToday: 0, sent: 0 };
  for await (const page of pages) {
    if (run.stop?.aborted || (await run.goOn?.()) === false) break;
    const ready = count(counts, page, run.now);
    if (ready.length === 0) continue;
    const { policy } = run.terms;
    counts.sent += await remind(deps, ready, { policy, actor: run.actor, now: run.now });
    deps.wakeDelivery();
  }
  if (counts.sent > 0 || run.actor.kind !== 'system') await tell(deps, run, counts);
  return counts;
}

/** Counts a page and gives whom of it can be reminded. */
function count(counts: ReminderCounts, page: Candidate[], now: Time): Candidate[] {
  const reachable = page.filter(({ workMailbox }) => workMailbox !== null);
  const ready = reachable.filter(({ reminded }) => !isTooSoon(reminded, now));
  counts.selected += page.length;
  counts.withoutMailbox += page.length - reachable.length;
  counts.remindedToday += reachable.length - ready.length;
  counts.toSend += ready.length;
  return ready;
}

async function tell({ db, now }: Deps, run: Run, counts: ReminderCounts): Promise<void> {
  const { selected, sent, withoutMailbox, remindedToday } = counts;
  const asked = Object.entries(run.asked).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  await recordEvent(db, now(), {
    event: 'reminders-sent',
    actor: run.actor,
    details: { ...Object.fromEntries(asked), selected, sent, withoutMailbox, remindedToday },
  });
}
