import { z } from '@hono/zod-openapi';
import type { Mask } from '../methods/mask.ts';
import { type Asked, askedOf } from '../people/asked.ts';
import type { ListedPerson } from '../people/list-people.ts';
import { overdueOf, overdueReasons } from '../people/overdue.ts';
import { checkDueAt, type Facts, isCapable, isRegistered, provenKinds } from '../people/status.ts';
import type { Terms } from '../policy/askings.ts';
import type { Time } from '../store/schema.ts';
import { isoTime } from './door.ts';

/** A method that a code proves. */
export const provenKind = z.enum(provenKinds);

/** A moment (ISO 8601, UTC), or none. */
export const optionalTime = z.string().nullable();

/** What may be shown of a number or address. */
export const maskAnswer = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), ending: z.string() }),
    z.strictObject({ kind: z.literal('address'), firstLetter: z.string().nullable(), domain: z.string() }),
  ])
  .openapi('Mask') satisfies z.ZodType<Mask>;

/** Why and since when somebody is overdue. */
const overdue = z
  .strictObject({ reason: z.enum(overdueReasons), since: z.string(), days: z.int() })
  .openapi('Overdue');

/** What a list and a card both say of a person. */
export const standingFields = {
  userName: z.string(),
  displayName: z.string(),
  groups: z.array(z.string()),
  /** Whether the policy lets this person take part. */
  enabled: z.boolean(),
  registered: z.boolean(),
  ableToReset: z.boolean(),
  overdue: overdue.nullable(),
  appearedAt: z.string(),
  disabledAt: optionalTime,
  blockedAt: optionalTime,
  lastSignInAt: optionalTime,
  lastCheckAt: optionalTime,
  checkDueAt: optionalTime,
  demandedAt: optionalTime,
  questionsAnswered: z.int(),
};

/** A person as a line of a list: no number, no address. */
export const listedAnswer = z
  .strictObject({ ...standingFields, proven: z.array(provenKind), filledIn: z.array(provenKind) })
  .openapi('ListedPerson');

/** People of a page, and where the next one begins. */
export const pageAnswer = z.strictObject({ people: z.array(listedAnswer), next: z.string().nullable() });

/** What the state of people is judged by. */
export interface Judging {
  terms: Terms;
  now: Time;
}

type Standing = Facts &
  Pick<ListedPerson, 'userName' | 'displayName' | 'groups' | 'blockedAt' | 'lastSignInAt'>;

/** Says what a list and a card both say. */
export function standingOf({ terms, now }: Judging, asked: Asked, person: Standing) {
  const due = overdueOf(terms, person, now);
  return {
    userName: person.userName,
    displayName: person.displayName,
    groups: person.groups.toSorted(),
    enabled: asked.enabled,
    registered: isRegistered(asked, person),
    ableToReset: person.disabledAt === null && person.blockedAt === null && isCapable(asked, person),
    overdue: due && { ...due, since: isoTime(due.since) },
    appearedAt: isoTime(person.appearedAt),
    disabledAt: isoTime(person.disabledAt),
    blockedAt: isoTime(person.blockedAt),
    lastSignInAt: isoTime(person.lastSignInAt),
    lastCheckAt: isoTime(person.lastCheckAt),
    checkDueAt: isoTime(checkDueAt(terms.policy.checkAgainAfterDays, person)),
    demandedAt: isoTime(person.demandedAt),
    questionsAnswered: person.questionCount,
  };
}

/** Makes the line of a list. */
export function listedAnswerOf(judging: Judging, person: ListedPerson): z.infer<typeof listedAnswer> {
  return {
    ...standingOf(judging, askedOf(judging.terms.policy, person), person),
    proven: [...person.proven],
    filledIn: [...person.filledIn],
  };
}
