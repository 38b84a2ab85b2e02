import type { Deps } from '../deps.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/versions.ts';
import type { DoorContext } from './door.ts';
import { mayHelp } from './guard.ts';
import { findByName } from './person-card.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** Who does it and from where, for the audit of an act on a person. */
export function doneBy(c: DoorContext) {
  const { id, token } = c.get('administrator');
  const actor = { kind: 'administrator', id, ...(token === null ? {} : { token: token.id }) } as const;
  return { actor, address: c.get('address') ?? undefined };
}

/** A person to act on, or why not: not there, or in a privileged group that helpdesk leaves alone (S66). */
export type ActedOn =
  | { result: 'person'; person: Person; policy: Policy }
  | { result: 'unknown'; refusal: Refusal }
  | { result: 'privileged'; refusal: Refusal };

/** Finds the person an administrator acts on. */
export async function findActedOn(c: DoorContext, deps: Deps, userName: string): Promise<ActedOn> {
  const language = c.get('language');
  const person = await findByName(deps, userName);
  if (!person) return { result: 'unknown', refusal: refusalOf(language, 'person-unknown', 'userName') };
  const policy = await readPolicy(deps.db);
  if (!mayHelp(c.get('administrator'), policy, person))
    return { result: 'privileged', refusal: refusalOf(language, 'privileged-person', 'userName') };
  return { result: 'person', person, policy };
}
