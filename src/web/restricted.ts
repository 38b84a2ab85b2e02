import type { Visit } from './visit.ts';

/** Where a session that is not free to go anywhere has to be instead of here; undefined where it may be. */
export function restrictedTo({ session }: Pick<Visit, 'session'>, path: string): string | undefined {
  const first = session.mustChoosePassword ? '/sign-in/new-password' : undefined;
  const only = first ?? (session.accessCode === undefined ? undefined : '/redeem/password');
  if (only !== undefined) return path === only ? undefined : only;
  return session.registersOnly && !/^\/register(\/|$)/.test(path) ? '/register' : undefined;
}
