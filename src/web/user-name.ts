import { normaliseUserName } from '../people/user-name.ts';
import type { Visit } from './visit.ts';

/**
 * Brings a typed user name into the one normal form (S42): where the directory knows people by more names, such as their
 * mail address, it is asked, for names that are there and names that are not alike.
 */
export async function readUserName({ deps }: Visit, typed: string): Promise<string> {
  return normaliseUserName(await deps.directory.resolveName(normaliseUserName(typed)));
}
