import type { AccountNotice } from '../delivery/account-notices.ts';
import type { Deps } from '../deps.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { notifyPerson } from '../registrations/notify.ts';
import { provenOf, readRegistrations } from '../registrations/registration.ts';
import type { Db, Time } from '../store/schema.ts';
import { placeOf } from './place.ts';
import { makeStopLink } from './stop-link.ts';

/** Whom something happened to, and from where it was asked (null: not by anybody at a browser). */
export interface About {
  person: Person;
  policy: Policy;
  address: string | null;
}

async function tellEverywhere(tx: Db, deps: Deps, told: { about: About; notice: AccountNotice }) {
  const { person, policy } = told.about;
  const store = { db: tx, sealing: deps.secrets.sealing };
  const methods = provenOf(await readRegistrations(store, person.id)).map(({ method }) => method);
  return notifyPerson(tx, deps, { person, policy, methods, notice: told.notice });
}

function happened(deps: Deps, { address }: About): { at: Time; place: string | null } {
  return { at: deps.now(), place: placeOf(address) };
}

/** Whether a reset is told: the policy can silence it, but for nobody who administers other systems. */
function tellsOfReset({ person, policy }: About): boolean {
  const privileged = policy.privilegedGroups.some((group) => person.groups.includes(group));
  return policy.notifyOfReset || privileged;
}

/**
 * Tells a person of a reset (or unlock) at every known address, with a link that stops the account; in the transaction
 * that finishes it, and before any method is removed. `notifyOfReset: false` silences resets and unlocks by methods of
 * the person's own, outside privileged groups; one by an access code is always told. Wake the delivery afterwards.
 */
export async function tellOfReset(
  tx: Db,
  deps: Deps,
  about: About & { reason: 'reset' | 'unlock' | 'access-code' },
): Promise<void> {
  const { reason } = about;
  if (reason !== 'access-code' && !tellsOfReset(about)) return;
  const stop = await makeStopLink(tx, deps, about.person.id);
  const facts = { ...happened(deps, about), stop };
  const notice: AccountNotice =
    reason === 'unlock'
      ? { kind: 'account-unlocked', ...facts }
      : { kind: 'password-reset', reason, ...facts };
  await tellEverywhere(tx, deps, { about, notice });
}

/** Tells a person that the password was changed by who knew it, with a link that stops the account. */
export async function tellOfPasswordChange(tx: Db, deps: Deps, about: About): Promise<void> {
  const stop = await makeStopLink(tx, deps, about.person.id);
  const notice = { kind: 'password-changed', ...happened(deps, about), stop } as const;
  await tellEverywhere(tx, deps, { about, notice });
}

/** Tells a person that a one-time access code was made for them, valid until then, with a link that stops it all. */
export async function tellOfAccessCode(
  tx: Db,
  deps: Deps,
  about: Omit<About, 'address'> & { until: Time },
): Promise<void> {
  const stop = await makeStopLink(tx, deps, about.person.id);
  const notice = { kind: 'access-code-issued', at: deps.now(), until: about.until, stop } as const;
  await tellEverywhere(tx, deps, { about: { ...about, address: null }, notice });
}

/**
 * Tells a person that a change without a code is waiting until then; `cancel` is the token that stops it. Gives at how
 * many addresses: at none, nobody could cancel it.
 */
export async function tellOfWaitingChange(
  tx: Db,
  deps: Deps,
  about: About & { dueAt: Time; cancel: string },
): Promise<number> {
  const { dueAt, cancel } = about;
  const notice = { kind: 'change-announced', ...happened(deps, about), dueAt, cancel } as const;
  return tellEverywhere(tx, deps, { about, notice });
}

/** Tells a person that the change that waited was cancelled. */
export async function tellOfCancelledChange(tx: Db, deps: Deps, about: About): Promise<void> {
  const notice = { kind: 'change-cancelled', ...happened(deps, about) } as const;
  await tellEverywhere(tx, deps, { about, notice });
}

/** Tells a person that the account was stopped by the link in an earlier notice. */
export async function tellOfStop(tx: Db, deps: Deps, about: About): Promise<void> {
  const notice = { kind: 'account-stopped', ...happened(deps, about) } as const;
  await tellEverywhere(tx, deps, { about, notice });
}
