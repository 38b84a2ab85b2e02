import { recordEvent } from '../audit/audit.ts';
import type { PasswordCheck } from '../directory/directory.ts';
import { type Counted, giveBack, type Limit, takeFromLimits } from '../limits/limits.ts';
import { clearSignInLock, raiseSignInLock } from '../limits/sign-in-lock.ts';
import { findPerson, type Person } from '../people/person.ts';
import type { Time } from '../store/schema.ts';
import { lockSubject } from './known-browser.ts';
import type { Visit } from './visit.ts';

const perAddress: Limit = { name: 'wrong-passwords-address', most: 30, within: 600_000 };

export type PasswordTried =
  | { result: Exclude<PasswordCheck, 'wrong'>; person: Person }
  | { result: 'wrong' }
  | { result: 'locked'; until: Time };

/** An IPv6 network hands out whole /64s, so that is what counts (PRODUCT.md, Limits). */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
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

async function refuse(visit: Visit, person: Person | undefined): Promise<PasswordTried> {
  const { deps } = visit;
  await recordEvent(deps.db, deps.now(), {
    event: 'sign-in-refused',
    actor: { kind: 'stranger' },
    ...(person ? { subject: person.id } : {}),
    outcome: 'refused',
    address: visit.address,
  });
  return { result: 'wrong' };
}

/**
 * Compares a password, for signing in and wherever it is asked again. The failure is counted before the comparison
 * and taken back when the password was right. Names that are not there cost the same and are told the same.
 */
export async function tryPassword(
  visit: Visit,
  tried: { userName: string; password: string },
): Promise<PasswordTried> {
  const { deps, address } = visit;
  const { db, secrets } = deps;
  const network: Counted = {
    limit: perAddress,
    subject: secrets.sealing.fingerprint('network', networkOf(address)),
  };
  const person = await findPerson({ db, sealing: secrets.sealing }, tried.userName);
  const subject = lockSubject(visit, { personId: person?.id, userName: tried.userName });
  const taken = await takeFromLimits(db, deps.now(), [network]);
  if (taken.result === 'full') return { result: 'locked', until: taken.freeAt };
  const lock = await raiseSignInLock(db, deps.now(), subject);
  if (lock.result === 'locked') return lock;
  const checked = await deps.directory.checkPassword(tried.userName, tried.password.normalize('NFC'));
  if (checked === 'wrong' || !person || person.disabledAt !== null) return refuse(visit, person);
  await clearSignInLock(db, subject);
  await giveBack(db, deps.now(), network);
  return { result: checked, person };
}
