import type { Policy } from '../policy/policy.ts';
import type { Time } from '../store/schema.ts';
import { askedOf } from './asked.ts';
import type { Person } from './person.ts';
import { isRegistered } from './status.ts';

/** Whether registration is required of a person now: asked, not done, and not postponed. */
export function mustRegister(policy: Policy, person: Person, now: Time): boolean {
  const asked = askedOf(policy, person);
  if (!policy.registrationRequired || !asked.enabled || isRegistered(asked, person)) return false;
  return person.postponedUntil === null || person.postponedUntil <= now;
}
