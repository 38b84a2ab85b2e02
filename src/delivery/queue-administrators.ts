import { newId } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
import type { QueueNeeds } from './queue.ts';
import { type AdministratorMail, administratorMailSchema } from './told.ts';

/** Binds the content of a mail to an administrator to its message: no person has to do with it. */
export function administratorMailBinding(messageId: string) {
  return { table: 'messages', person: messageId, column: 'content' };
}

/** Puts a mail to an administrator in the queue, its content sealed. */
export async function enqueueToAdministrator(
  tx: Db,
  { now, sealing }: QueueNeeds,
  mail: AdministratorMail,
): Promise<void> {
  const [id, at] = [newId(), now()];
  const content = JSON.stringify(administratorMailSchema.parse(mail));
  await tx
    .insertInto('messages')
    .values({
      id,
      person_id: null,
      challenge_id: null,
      channel: 'mail',
      kind: mail.kind,
      content: sealing.seal(content, administratorMailBinding(id)),
      created_at: at,
      due_at: at,
      attempts: 0,
      state: 'waiting',
    })
    .execute();
}
