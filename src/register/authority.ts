import { askedOf } from '../people/asked.ts';
import { isCapable } from '../people/status.ts';
import { authorityLife } from '../sessions/session-data.ts';
import { type GoTo, goTo } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';

/** Until when the password typed last stands for changing methods. */
export function passwordStandsUntil({ session }: PersonVisit): number {
  return (session.passwordAt ?? 0) + authorityLife;
}

/** Whether a code to a proven method is needed as well: once the person is able to reset. */
export function needsIdentity({ policy, person }: PersonVisit): boolean {
  return isCapable(askedOf(policy, person), person);
}

/** Until when the checks for changing methods stand together: password, and identity where it is needed (S65). */
export function authorisedUntil(visit: PersonVisit): number {
  const password = passwordStandsUntil(visit);
  if (!needsIdentity(visit)) return password;
  return Math.min(password, (visit.session.identityAt ?? 0) + authorityLife);
}

/** Leads to the page that asks for what is missing, and back here with what was typed; undefined when nothing is. */
export function askAuthority(visit: PersonVisit, path = visit.path): GoTo | undefined {
  if (authorisedUntil(visit) > visit.now) return undefined;
  visit.session.authorityFor = path;
  return { ...goTo('/register/confirm-identity'), keep: true };
}
