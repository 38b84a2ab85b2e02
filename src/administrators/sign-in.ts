import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { TooBusy } from '../secrets/bounded-queue.ts';
import type { Time } from '../store/schema.ts';
import { type Administrator, administratorOf } from './administrator.ts';
import { consumeGate, type GateOpened, openGate, tryGate } from './gates.ts';
import { normaliseName } from './name.ts';
import { startSession } from './sessions.ts';
import { type Count, countFailure, countOf, forgive, type Origin, takeBack } from './sign-in-count.ts';

export interface Opened {
  result: 'signed-in';
  token: string;
  expiresAt: Time;
  administrator: Administrator;
}

export type SignInTried = Opened | GateOpened | { result: 'wrong' } | { result: 'resting'; until: Time };

interface Account {
  administrator: Administrator;
  hash: string;
}

async function findAccount(deps: Deps, name: string): Promise<Account | undefined> {
  const row = await deps.db
    .selectFrom('administrators')
    .selectAll()
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row && { administrator: administratorOf(deps, row), hash: row.password_hash };
}

/** Compares at the same cost whether the name is known or not; a house too busy to compare has seen no failure. */
async function comparePassword(deps: Deps, account: Account | undefined, tried: Checked): Promise<boolean> {
  const { hashing } = deps.secrets;
  const password = tried.password.normalize('NFC');
  try {
    return account
      ? await hashing.verifyPassword(account.hash, password)
      : await hashing.verifyNothing(password);
  } catch (error) {
    if (error instanceof TooBusy) await takeBack(deps, tried.count);
    throw error;
  }
}

interface Checked {
  password: string;
  count: Count;
}

async function refuse(deps: Deps, account: Account | undefined, address: string | null) {
  await recordEvent(deps.db, deps.now(), {
    event: 'administrator-refused',
    actor: { kind: 'stranger' },
    outcome: 'refused',
    ...(address && { address }),
    details: { administrator: account?.administrator.id ?? null },
  });
  return { result: 'wrong' } as const;
}

/** Starts the session, unless the account was removed or its password changed while the old one was compared. */
async function open(
  deps: Deps,
  administratorId: string,
  { via, address, hash, gate }: Origin & { hash?: string; gate?: string },
): Promise<Opened | { result: 'wrong' }> {
  return inTransaction(deps.db, async (tx): Promise<Opened | { result: 'wrong' }> => {
    if (gate !== undefined && !(await consumeGate(tx, deps.now(), gate))) return { result: 'wrong' };
    let query = tx
      .updateTable('administrators')
      .set({ last_sign_in_at: deps.now() })
      .where('id', '=', administratorId)
      .where('removed_at', 'is', null);
    if (hash !== undefined) query = query.where('password_hash', '=', hash);
    const row = await query.returningAll().executeTakeFirst();
    if (!row) return { result: 'wrong' };
    const session = await startSession(tx, deps, { administratorId, via });
    const actor = { kind: 'administrator', id: administratorId } as const;
    await recordEvent(tx, deps.now(), {
      event: 'administrator-signed-in',
      actor,
      ...(address && { address }),
      details: { via },
    });
    return { result: 'signed-in', ...session, administrator: administratorOf(deps, row) };
  });
}

/**
 * Signs an administrator in by name and password. The failure is counted before the comparison; names that are not there
 * cost the same and are told the same. From outside the machine a code by mail is asked too.
 */
export async function signIn(
  deps: Deps,
  { name: typed, password }: { name: string; password: string },
  origin: Origin,
): Promise<SignInTried> {
  const name = normaliseName(typed);
  const count = countOf(deps, origin, name);
  const counted = await countFailure(deps, count, origin.address);
  if (counted.result === 'resting') return counted;
  const account = await findAccount(deps, name);
  const right = await comparePassword(deps, account, { password, count });
  if (!right || !account) return refuse(deps, account, origin.address);
  await forgive(deps, count);
  if (origin.via === 'tcp') return openGate(deps, account.administrator, origin.address);
  return open(deps, account.administrator.id, { ...origin, hash: account.hash });
}

/** Ends the sign-in from outside with the code from the mail. */
export async function answerGate(
  deps: Deps,
  { gate, code }: { gate: string; code: string },
  origin: Origin,
): Promise<Opened | { result: 'code-wrong' | 'code-ended' }> {
  const tried = await tryGate(deps, { gate, code, address: origin.address });
  if (tried.result !== 'right') return tried;
  const opened = await open(deps, tried.administratorId, { ...origin, gate });
  return opened.result === 'wrong' ? { result: 'code-ended' } : opened;
}
