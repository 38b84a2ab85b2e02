import type { Person } from '../people/person.ts';
import { newNonce, startVisit } from '../web/csrf.ts';
import { renewSession } from '../web/session.ts';
import type { Visit } from '../web/visit.ts';

/** Signs a person in: a new session id and a new visit cookie, so that nothing planted before survives (S51). */
export async function startSession(visit: Visit, person: Person): Promise<void> {
  const { deps } = visit;
  await renewSession(visit.req);
  visit.session = visit.req.session;
  visit.person = person;
  Object.assign(visit.session, {
    personId: person.id,
    epoch: person.sessionEpoch,
    signedInAt: deps.now(),
    passwordAt: deps.now(),
    visit: startVisit(deps, visit.res, newNonce(deps, person.id)),
  });
}
