import { recordEvent } from '../audit/audit.ts';
import { enqueueToAdministrator } from '../delivery/queue-administrators.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { giveBack, takeFromLimits } from '../limits/limits.ts';
import { readPolicy } from '../policy/versions.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Administrator } from './administrator.ts';
import { maskedAddress } from './masked-address.ts';
import { gateCount, wrongCodeCount } from './sign-in-limits.ts';

const codeLife = 600_000;
const triesPerCode = 5;

export type GateOpened =
  | { result: 'code-wanted'; gate: string; sentTo: string }
  | { result: 'mail-missing' | 'mail-not-carried' }
  | { result: 'resting'; until: Time };

async function insertGate(tx: Db, deps: Deps, administrator: Administrator): Promise<string> {
  const [gate, at] = [newId(), deps.now()];
  await tx.deleteFrom('administrator_gates').where('administrator_id', '=', administrator.id).execute();
  const row = { id: gate, administrator_id: administrator.id, key_id: deps.secrets.codes.keyId };
  await tx
    .insertInto('administrator_gates')
    .values({ ...row, made_at: at, expires_at: at + codeLife, tries: 0 })
    .execute();
  return gate;
}

/**
 * Opens the second gate of a sign-in from outside the machine: a code by mail, valid ten minutes and for five tries. It
 * is derived like every code, when it is sent; an earlier gate of the account ends.
 */
export async function openGate(
  deps: Deps,
  administrator: Administrator,
  address: string | null,
): Promise<GateOpened> {
  const { id, mail, displayName } = administrator;
  if (mail === null) return { result: 'mail-missing' };
  if (!deps.carries.has('mail')) return { result: 'mail-not-carried' };
  const opened = await inTransaction(deps.db, async (tx): Promise<GateOpened> => {
    const taken = await takeFromLimits(tx, deps.now(), [gateCount(id)]);
    if (taken.result === 'full') return { result: 'resting', until: taken.freeAt };
    const gate = await insertGate(tx, deps, administrator);
    const language = administrator.language ?? (await readPolicy(tx)).defaultLanguage;
    const to = { address: mail, name: displayName };
    await enqueueToAdministrator(
      tx,
      { now: deps.now, sealing: deps.secrets.sealing },
      { kind: 'administrator-code', to, language, gate },
    );
    const actor = { kind: 'administrator', id } as const;
    await recordEvent(tx, deps.now(), {
      event: 'administrator-code-requested',
      actor,
      ...(address && { address }),
    });
    return { result: 'code-wanted', gate, sentTo: maskedAddress(mail) };
  });
  deps.wakeDelivery();
  return opened;
}

interface Tried {
  administratorId: string;
  keyId: string;
  tries: number;
}

/** Counts the try before anything is compared, committed in a transaction of its own (S29). */
async function countTry(deps: Deps, gate: string): Promise<Tried | undefined> {
  return inTransaction(deps.db, async (tx) => {
    const row = await tx
      .updateTable('administrator_gates')
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('id', '=', gate)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', deps.now())
      .where('tries', '<', triesPerCode)
      .returning(['administrator_id', 'key_id', 'tries'])
      .executeTakeFirst();
    if (!row) return undefined;
    const taken = await takeFromLimits(tx, deps.now(), [wrongCodeCount(row.administrator_id)]);
    if (taken.result === 'full') return undefined;
    return { administratorId: row.administrator_id, keyId: row.key_id, tries: row.tries };
  });
}

/** Consumes a gate, and takes back the try that turned out right: of two right answers one wins. */
export async function consumeGate(tx: Db, at: Time, gate: string): Promise<boolean> {
  const row = await tx
    .updateTable('administrator_gates')
    .set({ ended_at: at })
    .where('id', '=', gate)
    .where('ended_at', 'is', null)
    .returning('administrator_id')
    .executeTakeFirst();
  if (row) await giveBack(tx, at, wrongCodeCount(row.administrator_id));
  return row !== undefined;
}

export type GateTried =
  | { result: 'right'; administratorId: string }
  | { result: 'code-wrong' | 'code-ended' };

/** Compares a typed code with its gate's. A right one is still to be consumed. */
export async function tryGate(
  deps: Deps,
  { gate, code, address }: { gate: string; code: string; address: string | null },
): Promise<GateTried> {
  const tried = await countTry(deps, gate);
  if (!tried) return { result: 'code-ended' };
  const { administratorId } = tried;
  if (deps.secrets.codes.matches(gate, tried.keyId, code)) return { result: 'right', administratorId };
  await recordEvent(deps.db, deps.now(), {
    event: 'administrator-code-refused',
    actor: { kind: 'administrator', id: administratorId },
    outcome: 'refused',
    ...(address && { address }),
    details: { tries: tried.tries },
  });
  return { result: tried.tries < triesPerCode ? 'code-wrong' : 'code-ended' };
}
