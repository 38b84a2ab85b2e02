import type { Visit } from './visit.ts';

/** Where a password that must be replaced is replaced: one that has run out is given once more, since it seals answers. */
export const passwordPages = { 'one-time': '/sign-in/new-password', expired: '/change-password' } as const;

/** Where a session that is not free to go anywhere has to be instead of here; undefined where it may be. */
export function restrictedTo({ session }: Pick<Visit, 'session'>, path: string): string | undefined {
  const must = session.mustChoosePassword;
  const first = must && (must === 'expired' ? passwordPages.expired : passwordPages['one-time']);
  const only = first ?? (session.accessCode === undefined ? undefined : '/redeem/password');
  if (only !== undefined) return path === only ? undefined : only;
  return session.registersOnly && !/^\/register(\/|$)/.test(path) ? '/register' : undefined;
}
