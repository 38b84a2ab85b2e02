import { z } from 'zod';
import { newId } from '../secrets/random.ts';
import { cookieName, readCookie, setCookie } from './cookies.ts';
import type { Visit } from './visit.ts';

const year = 365 * 86_400_000;
const mostPeople = 4;

const knownSchema = z.array(z.object({ person: z.string(), nonce: z.string() }));
type Known = z.infer<typeof knownSchema>;

function nameOf(visit: Visit): string {
  return cookieName(visit.deps.config, 'browser');
}

function readKnown(visit: Visit): Known {
  const sealed = readCookie(visit.req, nameOf(visit));
  const json = sealed === undefined ? null : visit.deps.secrets.tokens.openCookie('known-browser', sealed);
  const parsed = knownSchema.safeParse(json === null ? [] : JSON.parse(json));
  return parsed.success ? parsed.data : [];
}

/**
 * Whose failures a try to sign in counts as: a browser that this person has signed in with before has a count of its
 * own, so that strangers' tries never hold it up (S35). Of other tries only a fingerprint of the name is kept: people
 * type passwords there too.
 */
export function lockSubject(
  visit: Visit,
  tried: { personId: string | undefined; userName: string },
): { known: boolean; subject: string } {
  const known = readKnown(visit).find(({ person }) => person === tried.personId);
  if (known) return { known: true, subject: `browser:${known.person}:${known.nonce}` };
  const name = visit.deps.secrets.sealing.fingerprint('user-name', tried.userName);
  return { known: false, subject: `name:${name}` };
}

/** Remembers in a sealed cookie that this person has signed in with this browser. */
export function rememberBrowser(visit: Visit, personId: string): void {
  const others = readKnown(visit).filter(({ person }) => person !== personId);
  const known = [{ person: personId, nonce: newId() }, ...others].slice(0, mostPeople);
  const value = visit.deps.secrets.tokens.sealCookie('known-browser', JSON.stringify(known));
  setCookie(visit.res, visit.deps.config, { name: nameOf(visit), value, maxAge: year });
}
