import { mustRegister } from '../people/must-register.ts';
import type { Person } from '../people/person.ts';
import type { Visit } from '../web/visit.ts';

/**
 * Where a sign-in leads: to the return path, unless registration is required first; then the path waits in the
 * session. The first such sign-in starts the days in which it can be postponed.
 */
export async function landingOf(visit: Visit, person: Person, returnPath: string | null): Promise<string> {
  if (!mustRegister(visit.policy, person, visit.now)) return returnPath ?? '/register';
  const { deps } = visit;
  await deps.db
    .updateTable('people')
    .set({ first_asked_at: deps.now() })
    .where('id', '=', person.id)
    .where('first_asked_at', 'is', null)
    .execute();
  return returnPath?.startsWith('/register') ? returnPath : '/register';
}
