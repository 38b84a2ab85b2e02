import { type Words, wordsOf } from '../src/words/words.ts';
import type { Terminal } from './command.ts';
import type { PersonCard } from './person-lines.ts';
import { dateOf, timeOf } from './times.ts';

type PeopleWords = Words['people'];

/** What holds for a person now, as rows of name and value: only what there is, each with its date. */
export function standingRows(terminal: Terminal, card: PersonCard): string[][] {
  const { language, methodWords } = terminal;
  const words = wordsOf(language).people;
  const { fields } = words;
  const since = (name: string, at: string | null) => (at === null ? [] : [[name, words.since(dateOf(at))]]);
  return [
    [fields.lastSignIn, card.lastSignInAt === null ? words.never : dateOf(card.lastSignInAt)],
    ...(card.privileged ? [[fields.privileged, words.yes]] : []),
    ...overdueRows(words, card),
    ...since(fields.demanded, card.demandedAt),
    ...since(fields.disabled, card.disabledAt),
    ...since(fields.blocked, card.blockedAt),
    ...(card.lockedUntil === null ? [] : [[fields.locked, words.until(timeOf(card.lockedUntil))]]),
    ...card.resting.map(({ method, until }) => [
      fields.resting,
      words.restingFor(method === null ? words.everyMethod : methodWords.names[method], timeOf(until)),
    ]),
    ...accessCodeRows(words, card),
    ...messageRows(terminal, card),
  ];
}

function messageRows({ language, methodWords }: Terminal, card: PersonCard): string[][] {
  const { people, delivery } = wordsOf(language);
  const { message, states, waits, whys } = delivery;
  const told = (at: string, channel: PersonCard['givenUp'][number]['channel'], what: string) =>
    `${timeOf(at)}, ${methodWords.channels[channel]}: ${what}`;
  return [
    ...card.givenUp.map(({ at, channel, why }) => [people.fields.givenUp, told(at, channel, whys[why])]),
    ...card.messages.map(({ at, channel, state, why }) => [
      message,
      told(at, channel, why === null ? states[state] : waits(whys[why])),
    ]),
  ];
}

function overdueRows(words: PeopleWords, { overdue }: PersonCard): string[][] {
  if (overdue === null) return [];
  const { days, reason, since } = overdue;
  const late = days === 0 ? words.states.overdueToday : words.states.overdue(days);
  return [[words.fields.overdue, `${words.reasons[reason]}, ${words.since(dateOf(since))} (${late})`]];
}

function accessCodeRows(words: PeopleWords, { accessCode: code }: PersonCard): string[][] {
  if (code === null) return [];
  const state = `${words.accessCodeStates[code.state]}, ${words.until(timeOf(code.expiresAt))}`;
  return [
    [words.fields.accessCode, state],
    ['', words.askedBy(code.requestedBy, code.reason)],
  ];
}
