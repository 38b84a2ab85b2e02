import type { Deps } from '../deps.ts';
import type { PasswordFault } from '../directory/new-password.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';

/** A password in the one form in which it is compared and kept: NFC, and nothing cut (NIST SP 800-63B-4 §3.1.1.2). */
export function normalisePassword(typed: string): string {
  return typed.normalize('NFC');
}

/** Says why a person may not choose this new password (normalised), or undefined when it will do. */
export function faultOfPassword(
  deps: Pick<Deps, 'faultOfNewPassword'>,
  { person, policy }: { person: Person; policy: Policy },
  password: string,
): PasswordFault | undefined {
  const { userName, displayName } = person;
  const names = [userName, displayName, ...displayName.split(/\s+/), policy.organisationName];
  return deps.faultOfNewPassword(password, { names });
}
