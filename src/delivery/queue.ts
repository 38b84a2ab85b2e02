import { newId } from '../secrets/random.ts';
import type { Sealing } from '../secrets/sealing.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { type Destination, type Notice, type NoticeContent, noticeContentSchema } from './content.ts';
import type { Channel } from './delivery.ts';
import { rankOf } from './ranks.ts';

/** What the queue needs to take a message in. */
export interface QueueNeeds {
  now(): Time;
  readonly sealing: Pick<Sealing, 'seal'>;
}

/** A code to be sent: its challenge says where to, in which language and by which key. */
export interface CodeMessage {
  readonly challengeId: string;
  /** null: asked for in nobody's name, and looked at before it goes out (`admitCode`). */
  readonly personId: string | null;
  readonly channel: Channel;
}

/** A notice to be sent; who tells several addresses puts in one for each. */
export interface NoticeMessage {
  readonly personId: string;
  readonly to: Destination;
  readonly language: Language;
  readonly notice: Notice;
}

/** Puts the code of a challenge in the queue and gives the message's id; the row names the challenge, never the code. */
export async function enqueueCode(tx: Db, { now }: QueueNeeds, code: CodeMessage): Promise<string> {
  const { challengeId, personId, channel } = code;
  const row = { person_id: personId, challenge_id: challengeId, channel, kind: 'code', content: null };
  return insertMessage(tx, now(), row);
}

/** Says whose a message is that was put in the queue in nobody's name. */
export async function nameMessage(tx: Db, messageId: string, personId: string): Promise<void> {
  await tx.updateTable('messages').set({ person_id: personId }).where('id', '=', messageId).execute();
}

/** Puts a notice in the queue, its destination sealed, and gives the message's id. */
export async function enqueueNotice(tx: Db, needs: QueueNeeds, message: NoticeMessage): Promise<string> {
  const { personId, to, language, notice } = message;
  const content: NoticeContent = noticeContentSchema.parse({ to, language, notice });
  const sealed = needs.sealing.seal(JSON.stringify(content), contentBinding(personId));
  const row = {
    person_id: personId,
    challenge_id: null,
    channel: to.channel,
    kind: notice.kind,
    content: sealed,
  };
  return insertMessage(tx, needs.now(), row);
}

/** Where the content of a person's message belongs. */
export function contentBinding(personId: string) {
  return { table: 'messages', person: personId, column: 'content' };
}

/** Counts the messages by state (`waiting`, `sent`, `dropped`, `given-up`); a state without any is not named. */
export async function countMessages(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('messages')
    .select((eb) => ['state', eb.fn.countAll().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

interface NewRow {
  readonly person_id: string | null;
  readonly challenge_id: string | null;
  readonly channel: Channel;
  readonly kind: string;
  readonly content: string | null;
}

async function insertMessage(tx: Db, at: Time, row: NewRow): Promise<string> {
  const id = newId();
  await tx
    .insertInto('messages')
    .values({ ...row, id, rank: rankOf(row.kind), created_at: at, due_at: at, attempts: 0, state: 'waiting' })
    .execute();
  return id;
}
