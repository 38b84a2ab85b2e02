import { z } from '@hono/zod-openapi';
import type { AccessCode } from '../access-codes/access-codes.ts';
import { maskOf } from '../methods/mask.ts';
import { methodKinds } from '../methods/method.ts';
import { askedOf, memberOf, placeOf } from '../people/asked.ts';
import type { GivenUpMessage } from '../people/given-up.ts';
import type { Person } from '../people/person.ts';
import { provenKinds } from '../people/status.ts';
import type { Registration, Registrations } from '../registrations/registration.ts';
import type { Resting } from '../registrations/unlock-person.ts';
import type { Time } from '../store/schema.ts';
import { accessCodeAnswer, accessCodeAnswerOf, type Names } from './access-code-answer.ts';
import { isoTime } from './door.ts';
import {
  type Judging,
  maskAnswer,
  optionalTime,
  provenKind,
  standingFields,
  standingOf,
} from './person-answer.ts';

const consent = z.strictObject({
  givenBy: z.string(),
  givenAt: z.string(),
  how: z.string(),
  recordedBy: z.string(),
});
const method = z.strictObject({
  kind: provenKind,
  state: z.enum(['proven', 'filled-in']),
  channel: z.enum(['text', 'call', 'mail']),
  mask: maskAnswer,
  provenAt: optionalTime,
  checkedAt: optionalTime,
  consent: consent.nullable(),
});

/** A person's card: numbers and addresses as masks, answers not at all (S61, S64). */
export const personAnswer = z
  .strictObject({
    ...standingFields,
    /** To be sent along as `basedOn` with a change. */
    revision: z.int(),
    language: z.enum(['nl', 'en']).nullable(),
    workMailbox: maskAnswer.nullable(),
    officePhone: z.strictObject({ mask: maskAnswer, extension: z.string().nullable() }).nullable(),
    /** In a group that administers other systems. */
    privileged: z.boolean(),
    methodsAsked: z.array(z.enum(methodKinds)),
    methods: z.array(method),
    /** Until when signing in is locked after wrong passwords. */
    lockedUntil: optionalTime,
    resting: z.array(z.strictObject({ limit: z.string(), method: provenKind.nullable(), until: z.string() })),
    blockedWhy: z.string().nullable(),
    accessCode: accessCodeAnswer.nullable(),
    /** The last messages that could not be delivered, newest first. */
    givenUp: z.array(
      z.strictObject({ at: z.string(), channel: z.string(), kind: z.string(), reason: z.string() }),
    ),
  })
  .openapi('Person');

/** All that a card tells, as it was read. */
export interface Card {
  person: Person;
  registrations: Registrations;
  lockedUntil: Time | null;
  resting: readonly Resting[];
  accessCode: AccessCode | undefined;
  givenUp: readonly GivenUpMessage[];
  /** Names of administrators by id. */
  names: Names;
}

/** Makes the card. */
export function personAnswerOf(judging: Judging, card: Card): z.infer<typeof personAnswer> {
  const { person, registrations, names } = card;
  const { policy } = judging.terms;
  const asked = askedOf(policy, person);
  return {
    ...standingOf(judging, asked, person),
    revision: person.revision,
    language: person.language,
    workMailbox:
      person.workMailbox === null
        ? null
        : maskOf({ kind: 'authentication-email', address: person.workMailbox }),
    officePhone: person.officePhone && {
      mask: { kind: 'number', ending: person.officePhone.number.slice(-2) },
      extension: person.officePhone.extension,
    },
    privileged: placeOf(policy, memberOf(person.groups)).privileged,
    methodsAsked: [...asked.methods],
    methods: provenKinds
      .map((each) => registrations[each])
      .filter((each) => each !== undefined)
      .map((each) => methodAnswerOf(names, each)),
    lockedUntil: isoTime(card.lockedUntil),
    resting: card.resting.map((each) => ({ ...each, until: isoTime(each.until) })),
    blockedWhy: person.blockedWhy,
    accessCode: card.accessCode ? accessCodeAnswerOf(names, card.accessCode) : null,
    givenUp: card.givenUp.map((each) => ({ ...each, at: isoTime(each.at) })),
  };
}

function methodAnswerOf(
  names: Names,
  { method: known, provenAt, checkedAt, consent: given }: Registration,
): z.infer<typeof method> {
  return {
    kind: known.kind,
    state: provenAt === null ? 'filled-in' : 'proven',
    channel: known.kind === 'authentication-email' ? 'mail' : known.channel,
    mask: maskOf(known),
    provenAt: isoTime(provenAt),
    checkedAt: isoTime(checkedAt),
    consent: given && {
      ...given,
      givenAt: isoTime(given.givenAt),
      recordedBy: names.get(given.recordedBy) ?? given.recordedBy,
    },
  };
}
