import type { Time } from '../store/schema.ts';
import { composeGateCode, composeTold } from './compose-administrators.ts';
import type { Leased } from './lease.ts';
import type { Prepared, PrepareNeeds } from './prepare.ts';
import { administratorMailBinding } from './queue-administrators.ts';
import { type AdministratorMail, administratorMailSchema } from './told.ts';

/** Puts a queued mail to an administrator into words; a code is derived only now, and only while its gate is open. */
export async function prepareAdministratorMail(
  needs: PrepareNeeds,
  { id, content }: Leased,
): Promise<Prepared> {
  if (content === null) throw new Error('A mail to an administrator in the queue has no content.');
  const opened = needs.secrets.sealing.open(content, administratorMailBinding(id));
  const mail = administratorMailSchema.parse(JSON.parse(opened));
  if (mail.kind === 'administrator-code') return prepareCode(needs, mail);
  return { result: 'ready', outgoing: composeTold(mail, await needs.readHouse()) };
}

async function prepareCode(
  { db, now, secrets, readHouse }: PrepareNeeds,
  mail: Extract<AdministratorMail, { kind: 'administrator-code' }>,
): Promise<Prepared> {
  const gate = await db
    .selectFrom('administrator_gates')
    .select(['id', 'key_id', 'expires_at', 'ended_at'])
    .where('id', '=', mail.gate)
    .executeTakeFirst();
  if (!gate || gate.ended_at !== null) return { result: 'pointless', because: 'ended' };
  const expiresAt: Time = gate.expires_at;
  if (expiresAt <= now()) return { result: 'pointless', because: 'expired' };
  const code = secrets.codes.codeOf(gate.id, gate.key_id);
  return { result: 'ready', outgoing: composeGateCode(mail, { code, expiresAt }, await readHouse()) };
}
