import { z } from 'zod';
import { nameKey } from '../limits/directory-locks.ts';
import { lockSubjectOf } from '../limits/sign-in-lock.ts';
import type { Person } from '../people/person.ts';
import { newId } from '../secrets/random.ts';
import { cookieName, readCookie, setCookie } from './cookies.ts';
import type { Visit } from './visit.ts';

const year = 365 * 86_400_000;
const mostPeople = 4;

const knownSchema = z.array(
  z.object({
    person: z.string(),
    nonce: z.string(),
    /** The fingerprint of the user name: a reset asks nothing of the person's row before a gate is passed. */
    name: z.string().default(''),
  }),
);
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
 * Whose failures a try counts as: a browser that this person has signed in with before has a count of its own, so that
 * strangers' tries never hold it up (S35). Of other tries only a fingerprint of the name is kept: people type passwords
 * there too.
 */
export function lockSubject(visit: Visit, userName: string): { known: boolean; subject: string } {
  const name = nameKey(visit.deps.secrets.sealing, userName);
  const known = readKnown(visit).find((one) => one.name === name);
  return { known: known !== undefined, subject: lockSubjectOf(name, known?.nonce) };
}

/** Remembers in a sealed cookie that this person has signed in with this browser. */
export function rememberBrowser(visit: Visit, { id, userName }: Pick<Person, 'id' | 'userName'>): void {
  const { sealing, tokens } = visit.deps.secrets;
  const others = readKnown(visit).filter(({ person }) => person !== id);
  const own = { person: id, nonce: newId(), name: nameKey(sealing, userName) };
  const value = tokens.sealCookie('known-browser', JSON.stringify([own, ...others].slice(0, mostPeople)));
  setCookie(visit.res, visit.deps.config, { name: nameOf(visit), value, maxAge: year });
}
