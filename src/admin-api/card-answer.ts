import { z } from '@hono/zod-openapi';
import type { AccessCode } from '../access-codes/access-codes.ts';
import { channels } from '../delivery/delivery.ts';
import { whys } from '../delivery/why.ts';
import { maskOf } from '../methods/mask.ts';
import { type AddressedMethod, methodKinds } from '../methods/method.ts';
import { askedOf, memberOf, placeOf } from '../people/asked.ts';
import type { GivenUpMessage, OtherMessage } from '../people/given-up.ts';
import type { Person } from '../people/person.ts';
import { provenKinds } from '../people/status.ts';
import type { Registration, Unreadable } from '../registrations/registration.ts';
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
  /** Null, as the mask is, when no key opens what was kept: it can be removed, or given anew. */
  channel: z.enum(['text', 'call', 'mail']).nullable(),
  mask: maskAnswer.nullable(),
  provenAt: optionalTime,
  checkedAt: optionalTime,
  consent: consent.nullable(),
});

const message = { at: z.string(), channel: z.enum(channels), kind: z.string() };

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
    /** The last messages that did not arrive, newest first: why in a word, and as it was noted. */
    givenUp: z.array(z.strictObject({ ...message, why: z.enum(whys), reason: z.string() })),
    /** The last others: on their way, taken by the gateway, or reported as arrived. */
    messages: z.array(
      z.strictObject({
        ...message,
        state: z.enum(['waiting', 'sent', 'delivered']),
        why: z.enum(whys).nullable(),
      }),
    ),
  })
  .openapi('Person');

/** All that a card tells, as it was read. */
export interface Card {
  person: Person;
  methods: readonly (Registration | Unreadable)[];
  lockedUntil: Time | null;
  resting: readonly Resting[];
  accessCode: AccessCode | undefined;
  givenUp: readonly GivenUpMessage[];
  messages: readonly OtherMessage[];
  /** Names of administrators by id. */
  names: Names;
}

/** Makes the card. */
export function personAnswerOf(judging: Judging, card: Card): z.infer<typeof personAnswer> {
  const { person, names } = card;
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
    officePhone: officePhoneOf(person),
    privileged: placeOf(policy, memberOf(person.groups)).privileged,
    methodsAsked: [...asked.methods],
    methods: card.methods
      .map((each) => methodAnswerOf(names, each))
      .toSorted((one, other) => provenKinds.indexOf(one.kind) - provenKinds.indexOf(other.kind)),
    lockedUntil: isoTime(card.lockedUntil),
    resting: card.resting.map((each) => ({ ...each, until: isoTime(each.until) })),
    blockedWhy: person.blockedWhy,
    accessCode: card.accessCode ? accessCodeAnswerOf(names, card.accessCode) : null,
    givenUp: card.givenUp.map((each) => ({ ...each, at: isoTime(each.at) })),
    messages: card.messages.map((each) => ({ ...each, at: isoTime(each.at) })),
  };
}

/** What a directory has that is no number is masked alike; looking at it in full shows it as it is. */
function officePhoneOf({ officePhone, officePhoneText }: Person) {
  const text = officePhone?.number ?? officePhoneText;
  if (text === null) return null;
  return {
    mask: { kind: 'number' as const, ending: text.slice(-2) },
    extension: officePhone?.extension ?? null,
  };
}

function methodAnswerOf(names: Names, kept: Registration | Unreadable): z.infer<typeof method> {
  const { provenAt, checkedAt, consent: given } = kept;
  return {
    ...('method' in kept ? shownOf(kept.method) : { kind: kept.kind, channel: null, mask: null }),
    state: provenAt === null ? 'filled-in' : 'proven',
    provenAt: isoTime(provenAt),
    checkedAt: isoTime(checkedAt),
    consent: given && {
      ...given,
      givenAt: isoTime(given.givenAt),
      recordedBy: names.get(given.recordedBy) ?? given.recordedBy,
    },
  };
}

function shownOf(known: AddressedMethod) {
  const channel = known.kind === 'authentication-email' ? ('mail' as const) : known.channel;
  return { kind: known.kind, channel, mask: maskOf(known) };
}
