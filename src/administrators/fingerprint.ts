import type { Deps } from '../deps.ts';

/** What a token opens; the fingerprint of one is nothing to another. */
export type TokenFor =
  | 'administrator-session'
  | 'administrator-invitation'
  | 'administrator-recovery'
  | 'api-token';

/** What stands in the database in place of a token of 256 random bits: nobody comes in with it. */
export function tokenFingerprint({ secrets }: Pick<Deps, 'secrets'>, use: TokenFor, token: string): string {
  return secrets.sealing.fingerprint(use, token);
}
