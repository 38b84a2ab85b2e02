import type { Deps } from '../deps.ts';
import { DirectoryAway } from '../directory/away.ts';
import type { PasswordRefusal, PasswordSet } from '../directory/directory.ts';
import type { Person } from '../people/person.ts';
import type { Db } from '../store/schema.ts';
import { finishIntent } from './finish.ts';
import { type Begun, beginIntent, giveIntentUp, type Intent } from './intent.ts';

/** Whose password is set to what (normalised, without a fault), and from where. */
export interface Setting {
  /** As read when the right to set it was looked at: another session epoch by now stops it. */
  person: Person;
  password: string;
  address: string;
}

/**
 * What came of setting a password. `ended`: the person may not go on, the right to it is gone, or another password is
 * under way; nothing is changed. `refused`: the directory does not take this password, the old one works.
 */
export type PasswordWritten =
  | { result: 'written' }
  | { result: 'ended' }
  | { result: 'refused'; why: PasswordRefusal };

type Keys = Begun['keys'];

async function makeKeys({ secrets }: Deps, password: string): Promise<Keys> {
  return { ...(await secrets.answerSeal.makeKeyPair(password)), keepsAnswers: false };
}

/** Wraps the same key anew; where the old password does not open it, a new one is made and the sealed answers go. */
async function rewrapKeys(deps: Deps, change: Setting & { newPassword: string }): Promise<Keys> {
  const pair = await deps.db
    .selectFrom('key_pairs')
    .selectAll()
    .where('person_id', '=', change.person.id)
    .executeTakeFirst();
  if (!pair) return makeKeys(deps, change.newPassword);
  const { password, newPassword } = change;
  const rewrapped = await deps.secrets.answerSeal.rewrap(pair.wrapped_private_key, password, newPassword);
  if (rewrapped.result !== 'rewrapped') return makeKeys(deps, newPassword);
  return {
    publicKey: pair.public_key,
    wrappedPrivateKey: rewrapped.wrappedPrivateKey,
    keepsAnswers: true,
  };
}

/** Asks the directory; where it is out of reach before anything is written, the right is given back at once. */
async function setInDirectory(
  deps: Deps,
  { begun, intent }: { begun: Begun; intent: Intent },
  release: ((tx: Db) => Promise<void>) | undefined,
): Promise<PasswordSet> {
  try {
    return await deps.directory.setPassword(begun.person.userName, begun.next);
  } catch (error) {
    if (error instanceof DirectoryAway && !error.maybeWritten) await giveIntentUp(deps, intent, release);
    throw error;
  }
}

async function write(
  deps: Deps,
  begun: Begun,
  release: ((tx: Db) => Promise<void>) | undefined,
): Promise<PasswordWritten> {
  const intent = await beginIntent(deps, begun);
  if (!intent) return { result: 'ended' };
  const set = await setInDirectory(deps, { begun, intent }, release);
  switch (set) {
    case 'set':
      await finishIntent(deps, intent);
      return { result: 'written' };
    case 'stale':
      await giveIntentUp(deps, intent);
      return { result: 'ended' };
    default:
      await giveIntentUp(deps, intent, release);
      return { result: 'refused', why: set };
  }
}

/**
 * Sets a password without the old one: a durable intent, the directory's write, then everything that follows from it in
 * one transaction; a crash in between is taken up again (`resumePasswords`). `claim` consumes, in the transaction of the
 * intent, what gives the right; `release` gives it back when the directory refuses the password. Rejects with `TooBusy`
 * before anything is written, and with the directory's fault when it cannot be told whether it was.
 */
export async function resetPassword(
  deps: Deps,
  setting: Setting & {
    reason: 'reset' | 'access-code';
    claim(tx: Db): Promise<boolean>;
    release?: (tx: Db) => Promise<void>;
  },
): Promise<PasswordWritten> {
  const { person, password, reason, address, claim } = setting;
  const keys = await makeKeys(deps, password);
  const next = await deps.directory.preparePassword(person.userName, password);
  return write(deps, { person, reason, next, keys, address, claim }, setting.release);
}

/**
 * Changes a password whose owner has just proven to know it (`password`) into `newPassword`; the sealed answers stay
 * readable. Every session ends, the present one too.
 */
export async function changePassword(
  deps: Deps,
  change: Setting & { newPassword: string },
): Promise<PasswordWritten> {
  const { person, newPassword, address } = change;
  const keys = await rewrapKeys(deps, change);
  const prepared = await deps.directory.preparePassword(person.userName, newPassword);
  const next = { ...prepared, present: change.password };
  return write(deps, { person, reason: 'change', next, keys, address, claim: async () => true }, undefined);
}

/** Replaces a first password, which works once, by the person's own; every session ends, the present one too (S66). */
export async function chooseFirstPassword(deps: Deps, setting: Setting): Promise<PasswordWritten> {
  const { person, password, address } = setting;
  const keys = await makeKeys(deps, password);
  const next = await deps.directory.preparePassword(person.userName, password);
  const begun = { person, next, keys, address, claim: async () => true };
  return write(deps, { ...begun, reason: 'first-password' }, undefined);
}
