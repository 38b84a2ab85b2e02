import { type Actor, recordEvent } from '../audit/audit.ts';
import { enqueueNotice } from '../delivery/queue.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { peopleBinding } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db, Time } from '../store/schema.ts';
import { languages } from '../words/languages.ts';
import type { Candidate } from './candidates.ts';
import { apart } from './schedule.ts';

/** Who reminds, and what the house asks. */
export interface Reminding {
  policy: Policy;
  actor: Actor;
  now: Time;
}

const atOnce = 100;

/** Reminds these people, but nobody who was reminded within the last day, and gives how many; a crash leaves whole batches. */
export async function remind(
  deps: Deps,
  candidates: readonly Candidate[],
  reminding: Reminding,
): Promise<number> {
  let sent = 0;
  for (let at = 0; at < candidates.length; at += atOnce) {
    const batch = candidates.slice(at, at + atOnce);
    sent += await inTransaction(deps.db, (tx) => remindBatch({ ...deps, db: tx }, batch, reminding));
  }
  return sent;
}

/** What a batch needs inside its transaction. */
type Inside = Pick<Deps, 'now' | 'secrets'> & { db: Db };

async function remindBatch(deps: Inside, batch: readonly Candidate[], reminding: Reminding): Promise<number> {
  const claimed = await claim(deps.db, batch, reminding.now);
  for (const candidate of batch) {
    const { personId, workMailbox } = candidate;
    if (workMailbox === null || !claimed.has(personId)) continue;
    await enqueue(deps, { ...candidate, workMailbox }, reminding);
    await recordEvent(deps.db, reminding.now, {
      event: 'person-reminded',
      actor: reminding.actor,
      subject: personId,
      details: { reason: candidate.reason },
    });
  }
  return claimed.size;
}

/** One statement asks whether a person was reminded within the last day, and says that they now are: of two who ask one gets them. */
async function claim(tx: Db, batch: readonly Candidate[], now: Time): Promise<Set<string>> {
  const rows = batch
    .filter(({ workMailbox }) => workMailbox !== null)
    .map(({ personId, duty }) => ({ person_id: personId, for_due: duty.due, count: 1, last_at: now }));
  if (rows.length === 0) return new Set();
  const claimed = await tx
    .insertInto('reminders')
    .values(rows)
    .onConflict((c) =>
      c
        .column('person_id')
        .doUpdateSet((eb) => ({
          for_due: eb.ref('excluded.for_due'),
          last_at: eb.ref('excluded.last_at'),
          count: eb
            .case()
            .when('reminders.for_due', '=', eb.ref('excluded.for_due'))
            .then(eb('reminders.count', '+', 1))
            .else(1)
            .end(),
        }))
        .where('reminders.last_at', '<=', now - apart),
    )
    .returning('person_id')
    .execute();
  return new Set(claimed.map(({ person_id }) => person_id));
}

async function enqueue(
  { db, now, secrets }: Inside,
  candidate: Candidate & { workMailbox: string },
  { policy, now: at }: Reminding,
): Promise<void> {
  const { personId, displayName, reason, duty } = candidate;
  const { sealing } = secrets;
  const mailbox = sealing.open(candidate.workMailbox, peopleBinding(personId, 'work_mailbox'));
  await enqueueNotice(
    db,
    { now, sealing },
    {
      personId,
      to: { channel: 'mail', address: mailbox, name: displayName },
      language: languages.find((one) => one === candidate.language) ?? policy.defaultLanguage,
      notice: { kind: 'reminder', reason, at: duty.due, passed: duty.due <= at },
    },
  );
}
