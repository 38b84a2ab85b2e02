import { z } from 'zod';
import type { Codes } from '../secrets/codes.ts';
import type { Sealing } from '../secrets/sealing.ts';
import type { Db, Time } from '../store/schema.ts';
import { languages } from '../words/languages.ts';
import { composeCode, composeNotice } from './compose.ts';
import { addressedSchema, makeDestination, noticeContentSchema } from './content.ts';
import type { Outgoing } from './delivery.ts';
import type { House } from './draft.ts';
import type { Leased } from './lease.ts';
import { prepareAdministratorMail } from './prepare-administrators.ts';
import { contentBinding } from './queue.ts';
import type { ReminderNotice } from './reminder-notice.ts';
import { isAdministratorMail } from './told.ts';

/** What turning a queued message into words needs. */
export interface PrepareNeeds {
  readonly db: Db;
  now(): Time;
  readonly secrets: { readonly sealing: Pick<Sealing, 'open'>; readonly codes: Pick<Codes, 'codeOf'> };
  readHouse(): Promise<House>;
  /** Says whether a code that was asked for in nobody's name may go out, making its challenge when it may; absent: never. */
  readonly admitCode?: AdmitCode | undefined;
  /** Says whether somebody still has to be reminded; absent: always. */
  readonly isReminderNeeded?: IsReminderNeeded | undefined;
}

/** A code's message that names no person yet. */
export type AdmitCode = (message: { messageId: string; challengeId: string }) => Promise<boolean>;

/** Asked just before a reminder goes out. */
export type IsReminderNeeded = (personId: string, reminder: ReminderNotice) => Promise<boolean>;

/** A message in words, or why sending it has lost its point: its challenge has ended, or has run out, or there is nothing left to be reminded of. */
export type Prepared =
  | { result: 'ready'; outgoing: Outgoing }
  | { result: 'pointless'; because: 'ended' | 'expired' };

const challengeSchema = z.object({
  id: z.string(),
  person_id: z.string(),
  value: z.string(),
  key_id: z.string(),
  language: z.enum(languages),
  expires_at: z.int(),
});

/** Puts a queued message into words; of a code the challenge is marked as sent first, so that whoever can have the code can use it. */
export async function prepareMessage(needs: PrepareNeeds, message: Leased): Promise<Prepared> {
  if (isAdministratorMail(message)) return prepareAdministratorMail(needs, message);
  const { id: messageId, challenge_id: challengeId, person_id: person } = message;
  if (challengeId === null) return prepareNotice(needs, message);
  const admitted = person !== null || (await needs.admitCode?.({ messageId, challengeId }));
  return admitted ? prepareCode(needs, challengeId) : { result: 'pointless', because: 'ended' };
}

async function prepareCode(needs: PrepareNeeds, challengeId: string): Promise<Prepared> {
  const { db, secrets } = needs;
  const challenge = await markSent(db, challengeId, needs.now());
  if (!challenge) return { result: 'pointless', because: await readEnd(db, challengeId) };
  const { id, person_id: person, value, key_id: keyId, language, expires_at: expiresAt } = challenge;
  const opened = secrets.sealing.open(value, { table: 'challenges', person, column: 'value' });
  const to = makeDestination(addressedSchema.parse(JSON.parse(opened)));
  const house = await needs.readHouse();
  const code = secrets.codes.codeOf(id, keyId);
  return { result: 'ready', outgoing: composeCode({ to, language, code, expiresAt }, house) };
}

async function prepareNotice(needs: PrepareNeeds, { person_id, content }: Leased): Promise<Prepared> {
  if (person_id === null || content === null) throw new Error('A notice in the queue has no content.');
  const opened = needs.secrets.sealing.open(content, contentBinding(person_id));
  const notice = noticeContentSchema.parse(JSON.parse(opened));
  if (
    notice.notice.kind === 'reminder' &&
    (await needs.isReminderNeeded?.(person_id, notice.notice)) === false
  )
    return { result: 'pointless', because: 'ended' };
  return { result: 'ready', outgoing: composeNotice(notice, await needs.readHouse()) };
}

/** One statement asks whether the challenge is live and marks it: nothing can end it in between. */
async function markSent(db: Db, challengeId: string, now: Time) {
  const row = await db
    .updateTable('challenges')
    .set((eb) => ({ sent_at: eb.fn.coalesce('sent_at', eb.val(now)) }))
    .where('id', '=', challengeId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['id', 'person_id', 'value', 'key_id', 'language', 'expires_at'])
    .executeTakeFirst();
  return row && challengeSchema.parse(row);
}

async function readEnd(db: Db, challengeId: string): Promise<'ended' | 'expired'> {
  const row = await db
    .selectFrom('challenges')
    .select('ended_at')
    .where('id', '=', challengeId)
    .executeTakeFirst();
  return row?.ended_at === null ? 'expired' : 'ended';
}
