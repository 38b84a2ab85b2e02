import { noticeWrongTry, tellOfGuessing } from '../administrators/tell-of-guessing.ts';
import { recordEvent } from '../audit/audit.ts';
import { inTransaction } from '../deps.ts';
import { DirectoryAway } from '../directory/away.ts';
import type { PasswordCheck } from '../directory/directory.ts';
import { type Counted, giveBack, type Limit, takeFromLimits } from '../limits/limits.ts';
import { clearSignInLock, type LockState, lowerSignInLock, raiseOnLeash } from '../limits/sign-in-lock.ts';
import { findPerson, type Person } from '../people/person.ts';
import { TooBusy } from '../secrets/bounded-queue.ts';
import type { Time } from '../store/schema.ts';
import { takeIn } from '../synchronisation/take-in.ts';
import { lockSubject } from './known-browser.ts';
import type { Visit } from './visit.ts';

const perAddress: Limit = { name: 'wrong-passwords-address', most: 30, within: 600_000 };

interface Tried {
  userName: string;
  password: string;
}

export type PasswordTried =
  | { result: 'right' | 'one-time' | 'expired'; person: Person }
  | { result: 'wrong' }
  /** The password is right, and the account stopped until an administrator lifts that. */
  | { result: 'blocked' }
  /** The password is right, and the directory does not let its owner in. */
  | { result: 'disabled' | 'not-allowed' }
  | { result: 'locked'; until: Time };

/** An IPv6 network hands out whole /64s, so that is what counts. Some proxies put a port behind an IPv4 address. */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i.exec(address);
  if (v4?.[1]) return v4[1];
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? 0 : tail.split(':').length;
  const filled =
    tail === undefined
      ? groups
      : [...groups, ...Array<string>(Math.max(8 - groups.length - rest, 0)).fill('0')];
  const whole = tail ? [...filled, ...tail.split(':')] : filled;
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':');
}

async function refuse(
  visit: Visit,
  person: Person | undefined,
  why: Exclude<PasswordCheck, 'right' | 'one-time' | 'expired'> | 'blocked',
): Promise<PasswordTried> {
  const { deps } = visit;
  await recordEvent(deps.db, deps.now(), {
    event: 'sign-in-refused',
    actor: { kind: 'stranger' },
    ...(person ? { subject: person.id } : {}),
    outcome: 'refused',
    address: visit.address,
    ...(why === 'wrong' ? {} : { details: { why } }),
  });
  // That an account is locked is nobody's business who may not know the password.
  return { result: why === 'locked' ? 'wrong' : why };
}

interface Count {
  network: Counted;
  lock: ReturnType<typeof lockSubject>;
}

/** Takes back what was counted beforehand: with it all failures of the name, or only the one of which nothing was compared. */
async function takeBack(
  { deps }: Visit,
  { network, lock }: Count,
  how: 'cleared' | 'lowered',
): Promise<void> {
  const now = deps.now();
  await inTransaction(deps.db, async (tx) => {
    if (!lock.known) await giveBack(tx, now, network);
    if (how === 'cleared') await clearSignInLock(tx, lock.subject);
    else await lowerSignInLock(tx, now, lock.subject);
  });
}

/** Counts the failure beforehand: of a browser not known by its name and its network, of a known one by itself (S35). */
async function countFailure(visit: Visit, { network, lock }: Count): Promise<LockState> {
  const { deps } = visit;
  const now = deps.now();
  const leash = lock.known ? null : await deps.directory.roomForStrangers();
  const counted = await inTransaction(deps.db, async (tx) => {
    const taken = lock.known ? undefined : await takeFromLimits(tx, now, [network]);
    if (taken?.result === 'full') return taken;
    const raised = await raiseOnLeash(tx, now, { subject: lock.subject, leash });
    if (raised.result === 'locked' && !lock.known) await giveBack(tx, now, network);
    return raised;
  });
  if (counted.result !== 'full') return counted;
  await tellOfGuessing(deps, { network: network.subject, address: visit.address });
  return { result: 'locked', until: counted.freeAt };
}

/** A house too busy to compare has seen no failure. */
async function comparePassword(visit: Visit, tried: Tried, count: Count): Promise<PasswordCheck> {
  const { deps } = visit;
  try {
    const by = count.lock.known ? 'known' : 'stranger';
    return await deps.directory.checkPassword(tried.userName, tried.password.normalize('NFC'), by);
  } catch (error) {
    if (error instanceof TooBusy || error instanceof DirectoryAway) await takeBack(visit, count, 'lowered');
    throw error;
  }
}

/**
 * Compares a password, for signing in and wherever it is asked again. The failure is counted before the comparison
 * and taken back when the password was right. Names that are not there cost the same and are told the same.
 */
export async function tryPassword(visit: Visit, tried: Tried): Promise<PasswordTried> {
  const { db, secrets } = visit.deps;
  const count: Count = {
    network: {
      limit: perAddress,
      subject: secrets.sealing.fingerprint('network', networkOf(visit.address)),
    },
    lock: lockSubject(visit, tried.userName),
  };
  const counted = await countFailure(visit, count);
  if (counted.result === 'locked') return counted;
  const checked = await comparePassword(visit, tried, count);
  if (checked === 'wrong' && !count.lock.known) await noticeWrongTry(visit.deps);
  const known = await findPerson({ db, sealing: secrets.sealing }, tried.userName);
  if (checked === 'wrong' || checked === 'locked' || checked === 'disabled' || checked === 'not-allowed')
    return refuse(visit, known, checked);
  const person = known ?? (await takeIn(visit.deps, tried.userName));
  if (!person || person.disabledAt !== null) return refuse(visit, person, 'wrong');
  await takeBack(visit, count, 'cleared');
  if (person.blockedAt !== null) return refuse(visit, person, 'blocked');
  return { result: checked, person };
}
