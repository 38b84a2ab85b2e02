import type { Person } from '../people/person.ts';
import { browserName } from './browser-name.ts';
import { newNonce, startVisit } from './csrf.ts';
import { renewSession } from './session.ts';
import type { Visit } from './visit.ts';

async function beginSession(visit: Visit, person: Person): Promise<void> {
  const { deps } = visit;
  await renewSession(visit.req);
  visit.session = visit.req.session;
  visit.person = person;
  Object.assign(visit.session, {
    personId: person.id,
    epoch: person.sessionEpoch,
    signedInAt: deps.now(),
    browser: browserName(visit.req.get('User-Agent')),
    visit: startVisit(deps, visit.res, newNonce(deps, person.id)),
  });
}

/** Signs a person in: a new session id and a new visit cookie, so that nothing planted before survives (S51). */
export async function startSession(visit: Visit, person: Person): Promise<void> {
  await beginSession(visit, person);
  visit.session.passwordAt = visit.deps.now();
}

/** Signs a person in whose sessions have all just ended, by another password. */
export async function startOnlySession(visit: Visit, person: Person): Promise<void> {
  await startSession(visit, person.after({ session_epoch: person.sessionEpoch + 1 }));
}

/** Lets a person in with an access code: a session like any other, in which only a password can be chosen. */
export async function startRestrictedSession(
  visit: Visit,
  person: Person,
  { accessCode }: { accessCode: string },
): Promise<void> {
  await beginSession(visit, person);
  visit.session.accessCode = accessCode;
}
