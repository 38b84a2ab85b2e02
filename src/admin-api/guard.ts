import { createMiddleware } from 'hono/factory';
import type { Right, Rights } from '../administrators/rights.ts';
import type { SignedIn } from '../administrators/signed-in.ts';
import type { Actor, AuditEntry } from '../audit/audit.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { type DoorContext, type DoorEnv, refused } from './door.ts';
import { refusalOf } from './refusal.ts';

/** The refusals that every guarded route has. */
export const turnedAway = {
  401: refused('Not signed in, or no longer'),
  403: refused('Signed in, without the right that this needs'),
};

/** Guards a route: its middleware, and the right it needs as `x-right` in the document. */
export function needs<const R extends Right>(right: R) {
  return { 'x-right': right, security: [{ bearer: [] }], middleware: requireRight(right) };
}

/** Marks a route through which one comes in; it must be in `openRoutes` too. */
export const openToAll = { 'x-right': 'none', security: [] };

/** The only routes that ask for no token. */
export const openRoutes: ReadonlySet<string> = new Set([
  'POST /sign-in',
  'POST /sign-in/code',
  'GET /first-administrator',
  'POST /first-administrator',
  'POST /invitations/accept',
  'POST /recoveries',
]);

/** Lets on who has the right, before anything of the request is read. */
function requireRight(right: Right) {
  return createMiddleware<DoorEnv>(async (c, next) => {
    const rights: Rights = c.get('administrator').rights;
    if (!rights.has(right)) return c.json(refusalOf(c.get('language'), 'right-missing'), 403);
    return next();
  });
}

/** Who does it, for the audit. */
export function actorOf(c: DoorContext): Actor & { kind: 'administrator' } {
  const { id, token } = c.get('administrator');
  return { kind: 'administrator', id, ...(token === null ? {} : { token: token.id }) };
}

/** What every audit event of a request has in common: who asks, and from which network address if any. */
export function askedBy(c: DoorContext): Pick<AuditEntry, 'actor' | 'address'> {
  const address = c.get('address');
  return { actor: actorOf(c), ...(address === null ? {} : { address }) };
}

/** Tells whether somebody may help this person: helpdesk leaves people in privileged groups to administrators. */
export function mayHelp(
  { role }: Pick<SignedIn, 'role'>,
  policy: Pick<Policy, 'privilegedGroups'>,
  { groups }: Pick<Person, 'groups'>,
): boolean {
  return role === 'administrator' || !policy.privilegedGroups.some((group) => groups.includes(group));
}
