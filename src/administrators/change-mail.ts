import { recordEvent } from '../audit/audit.ts';
import { enqueueToAdministrator } from '../delivery/queue-administrators.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { readPolicy } from '../policy/versions.ts';
import type { Db } from '../store/schema.ts';
import { type Administrator, administratorOf, mailBinding } from './administrator.ts';
import { compareOwnPassword } from './own-password.ts';

export type MailChanged = { result: 'changed' } | { result: 'administrator-unknown' | 'own-account' };

/** Changes the own mail address, with the password: whoever finds a terminal open cannot turn the codes to themselves. */
export async function changeOwnMail(
  deps: Deps,
  { id, name }: { id: string; name: string },
  { password, mail }: { password: string; mail: string | null },
): Promise<{ result: 'changed' | 'password-wrong' | 'sign-in-resting' }> {
  const compared = await compareOwnPassword(deps, id, password);
  if (compared.result !== 'right') return { result: compared.result };
  await keepMail(deps, { name, mail, by: id });
  return { result: 'changed' };
}

/** Changes the mail address of another account. */
export async function changeMailOf(
  deps: Deps,
  { name, mail, by }: { name: string; mail: string | null; by: { id: string; name: string } },
): Promise<MailChanged> {
  if (name === by.name) return { result: 'own-account' };
  return keepMail(deps, { name, mail, by: by.id });
}

interface Change {
  name: string;
  mail: string | null;
  by: string;
}

/** The old and the new address are told; a code on its way to the old one is worth nothing any more. */
async function keepMail(deps: Deps, { name, mail, by }: Change): Promise<MailChanged> {
  const changed = await inTransaction(deps.db, async (tx): Promise<MailChanged> => {
    const row = await tx
      .selectFrom('administrators')
      .selectAll()
      .where('name', '=', name)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (!row) return { result: 'administrator-unknown' };
    const before = administratorOf(deps, row);
    const sealed = mail === null ? null : deps.secrets.sealing.seal(mail, mailBinding(before.id));
    await tx.updateTable('administrators').set({ mail: sealed }).where('id', '=', before.id).execute();
    await tx.deleteFrom('administrator_gates').where('administrator_id', '=', before.id).execute();
    await recordEvent(tx, deps.now(), {
      event: 'administrator-mail-changed',
      actor: { kind: 'administrator', id: by },
      details: { name, had: before.mail !== null, has: mail !== null },
    });
    await tellBoth(tx, deps, { before, mail });
    return { result: 'changed' };
  });
  deps.wakeDelivery();
  return changed;
}

async function tellBoth(
  tx: Db,
  deps: Deps,
  { before, mail }: { before: Administrator; mail: string | null },
): Promise<void> {
  if (!deps.carries.has('mail')) return;
  const language = before.language ?? (await readPolicy(tx)).defaultLanguage;
  const addresses = new Set([before.mail, mail].filter((address) => address !== null));
  for (const address of addresses)
    await enqueueToAdministrator(
      tx,
      { now: deps.now, sealing: deps.secrets.sealing },
      {
        kind: 'administrators-told',
        to: { address, name: before.displayName },
        language,
        told: { event: 'administrator-mail-changed', name: before.name },
        at: deps.now(),
      },
    );
}
