import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { type AddressedMethod, addressedMethodSchema } from '../methods/method.ts';
import type { Tables, Time } from '../store/schema.ts';
import { type Language, languages } from '../words/languages.ts';

const minute = 60_000;

/** How long a code is valid. */
export const codeLife = 10 * minute;
/** In this first part of its life, *send again* sends the same code. */
export const sameCodeFor = 5 * minute;
/** How often one code may be tried. */
export const triesPerCode = 5;

/** What a proven challenge is good for; one purpose's code is nothing to another. */
export const purposes = ['register', 'confirm-identity', 'reset'] as const;
export type Purpose = (typeof purposes)[number];

/** A code on its way to a method; it carries the method that it will prove. */
export interface Challenge {
  id: string;
  personId: string;
  purpose: Purpose;
  method: AddressedMethod;
  keyId: string;
  language: Language;
  createdAt: Time;
  expiresAt: Time;
  askedAt: Time;
  sentAt: Time | null;
  tries: number;
  authorisedUntil: Time;
  endedAs: string | null;
}

/** Binds the sealed method of a challenge to its person. */
export function challengeBinding(person: string) {
  return { table: 'challenges', person, column: 'value' };
}

/** Opens a stored challenge. */
export function challengeOf({ secrets }: Deps, row: Selectable<Tables['challenges']>): Challenge {
  const method = secrets.sealing.open(row.value, challengeBinding(row.person_id));
  return {
    id: row.id,
    personId: row.person_id,
    purpose: z.enum(purposes).parse(row.purpose),
    method: addressedMethodSchema.parse(JSON.parse(method)),
    keyId: row.key_id,
    language: z.enum(languages).parse(row.language),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    askedAt: row.asked_at,
    sentAt: row.sent_at,
    tries: row.tries,
    authorisedUntil: row.authorised_until,
    endedAs: row.ended_as,
  };
}

/** Finds a challenge of this person and purpose by its id, ended or not; somebody else's is not there (S06, S07). */
export async function findChallenge(
  deps: Deps,
  personId: string,
  { id, purpose }: { id: string; purpose: Purpose },
): Promise<Challenge | undefined> {
  const row = await deps.db
    .selectFrom('challenges')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  return row && challengeOf(deps, row);
}

/** As much of a challenge as judging a code needs: the method it carries stays sealed. */
export type Judged = Pick<Challenge, 'personId' | 'keyId' | 'sentAt' | 'endedAs'>;

/**
 * Finds what a code is judged by, for who does not know yet whose it is. Costs the same where there is none (S38):
 * nothing is opened.
 */
export async function findJudged(
  { db }: Pick<Deps, 'db'>,
  { id, purpose }: { id: string; purpose: Purpose },
): Promise<Judged | undefined> {
  const row = await db
    .selectFrom('challenges')
    .select(['person_id', 'key_id', 'sent_at', 'ended_as'])
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  if (!row) return undefined;
  return { personId: row.person_id, keyId: row.key_id, sentAt: row.sent_at, endedAs: row.ended_as };
}

/** Finds the one challenge of a person's method that is still live, for a session that does not know of it any more. */
export async function findLiveChallenge(
  deps: Deps,
  personId: string,
  { method, purpose }: { method: string; purpose: Purpose },
): Promise<Challenge | undefined> {
  const row = await deps.db
    .selectFrom('challenges')
    .selectAll()
    .where('person_id', '=', personId)
    .where('purpose', '=', purpose)
    .where('method', '=', method)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', deps.now())
    .executeTakeFirst();
  return row && challengeOf(deps, row);
}
