import { z } from '@hono/zod-openapi';
import { type Mask, maskOf } from '../methods/mask.ts';
import { methodKinds } from '../methods/method.ts';
import { type Asked, askedOf } from '../people/asked.ts';
import type { ListedPerson } from '../people/list-people.ts';
import type { Person } from '../people/person.ts';
import { checkDueAt, type Facts, isCapable, isRegistered, provenKinds } from '../people/status.ts';
import type { Policy } from '../policy/policy.ts';
import type { Registration, Registrations } from '../registrations/registration.ts';
import { isoTime } from './door.ts';

const kind = z.enum(provenKinds);
const time = z.string().nullable();
const mask = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), ending: z.string() }),
    z.strictObject({ kind: z.literal('address'), firstLetter: z.string().nullable(), domain: z.string() }),
  ])
  .openapi('Mask');

const standing = {
  userName: z.string(),
  displayName: z.string(),
  groups: z.array(z.string()),
  /** Whether the policy lets this person take part. */
  enabled: z.boolean(),
  registered: z.boolean(),
  ableToReset: z.boolean(),
  appearedAt: z.string(),
  disabledAt: time,
  lastCheckAt: time,
  checkDueAt: time,
  demandedAt: time,
  questionsAnswered: z.int(),
};

/** A person as a line of a list: no number, no address. */
export const listedAnswer = z
  .strictObject({ ...standing, lastSignInAt: time, proven: z.array(kind), filledIn: z.array(kind) })
  .openapi('ListedPerson');

const consent = z.strictObject({
  givenBy: z.string(),
  givenAt: z.string(),
  how: z.string(),
  recordedBy: z.string(),
});
const method = z.strictObject({
  kind,
  state: z.enum(['proven', 'filled-in']),
  channel: z.enum(['text', 'call', 'mail']),
  mask,
  provenAt: time,
  checkedAt: time,
  consent: consent.nullable(),
});

/** A person's card: numbers and addresses as masks, answers not at all (S61, S64). */
export const personAnswer = z
  .strictObject({
    ...standing,
    language: z.enum(['nl', 'en']).nullable(),
    workMailbox: mask.nullable(),
    officePhone: z.strictObject({ mask, extension: z.string().nullable() }).nullable(),
    methodsAsked: z.array(z.enum(methodKinds)),
    methods: z.array(method),
  })
  .openapi('Person');

type Standing = Facts & { userName: string; displayName: string; groups: readonly string[] };

function standingOf(policy: Policy, asked: Asked, person: Standing) {
  return {
    userName: person.userName,
    displayName: person.displayName,
    groups: person.groups.toSorted(),
    enabled: asked.enabled,
    registered: isRegistered(asked, person),
    ableToReset: person.disabledAt === null && isCapable(asked, person),
    appearedAt: isoTime(person.appearedAt),
    disabledAt: isoTime(person.disabledAt),
    lastCheckAt: isoTime(person.lastCheckAt),
    checkDueAt: isoTime(checkDueAt(policy.checkAgainAfterDays, person)),
    demandedAt: isoTime(person.demandedAt),
    questionsAnswered: person.questionCount,
  };
}

/** Makes the line of a list. */
export function listedAnswerOf(policy: Policy, person: ListedPerson): z.infer<typeof listedAnswer> {
  return {
    ...standingOf(policy, askedOf(policy, person), person),
    lastSignInAt: isoTime(person.lastSignInAt),
    proven: [...person.proven],
    filledIn: [...person.filledIn],
  };
}

/** Makes the card. */
export function personAnswerOf(
  policy: Policy,
  { person, registrations }: { person: Person; registrations: Registrations },
): z.infer<typeof personAnswer> {
  const asked = askedOf(policy, person);
  return {
    ...standingOf(policy, asked, person),
    language: person.language,
    workMailbox: person.workMailbox === null ? null : maskOfAddress(person.workMailbox),
    officePhone: person.officePhone && {
      mask: { kind: 'number', ending: person.officePhone.number.slice(-2) },
      extension: person.officePhone.extension,
    },
    methodsAsked: [...asked.methods],
    methods: provenKinds
      .map((each) => registrations[each])
      .filter((each) => each !== undefined)
      .map(methodAnswerOf),
  };
}

function maskOfAddress(address: string): Mask {
  return maskOf({ kind: 'authentication-email', address });
}

function methodAnswerOf({
  method: known,
  provenAt,
  checkedAt,
  consent: given,
}: Registration): z.infer<typeof method> {
  return {
    kind: known.kind,
    state: provenAt === null ? 'filled-in' : 'proven',
    channel: known.kind === 'authentication-email' ? 'mail' : known.channel,
    mask: maskOf(known),
    provenAt: isoTime(provenAt),
    checkedAt: isoTime(checkedAt),
    consent: given && { ...given, givenAt: isoTime(given.givenAt) },
  };
}
