import type { InferResponseType } from 'hono/client';
import { wordsOf } from '../src/words/words.ts';
import type { Door } from './api.ts';
import type { Terminal } from './command.ts';
import { standingRows } from './standing-lines.ts';
import { tableLines } from './table.ts';
import { dateOf } from './times.ts';

/** A person as the door's list gives one. */
export type ListedPerson = InferResponseType<Door['people']['$get'], 200>['people'][number];
/** A person's card as the door gives it. */
export type PersonCard = InferResponseType<Door['people'][':userName']['$get'], 200>;

type Mask = NonNullable<PersonCard['methods'][number]['mask']>;
type Standing = Pick<
  PersonCard,
  'disabledAt' | 'blockedAt' | 'enabled' | 'ableToReset' | 'registered' | 'questionsAnswered'
>;

/** The heads of the columns of a list of people. */
export function listHead({ words: { columns } }: Terminal): string[] {
  return [columns.userName, columns.displayName, columns.state, columns.questions, columns.methods];
}

/** One line of a list of people, as cells. */
export function listCells(terminal: Terminal, person: ListedPerson): string[] {
  const { words, methodWords } = terminal;
  const proven = person.proven.map((kind) => methodWords.names[kind]);
  const filledIn = person.filledIn.map((kind) => `${methodWords.names[kind]} (${words.filledInOnly})`);
  const methods = [...proven, ...filledIn].join(', ') || '-';
  const state = stateOf(terminal, person, person.proven.length > 0);
  return [person.userName, person.displayName, state, String(person.questionsAnswered), methods];
}

/** A person's card as lines of name and value. */
export function cardLines(terminal: Terminal, card: PersonCard): string[] {
  const { words } = terminal;
  const { fields } = words;
  const office = card.officePhone;
  const extension = office?.extension ? [words.extension(office.extension)] : [];
  const anyProven = card.methods.some(({ state }) => state === 'proven');
  return tableLines([
    [fields.userName, card.userName],
    [fields.displayName, card.displayName],
    [fields.state, stateOf(terminal, card, anyProven)],
    [fields.language, card.language ?? '-'],
    [fields.workMailbox, card.workMailbox ? sayMask(terminal, card.workMailbox) : '-'],
    [fields.officePhone, office ? [sayMask(terminal, office.mask), ...extension].join(', ') : '-'],
    [fields.groups, card.groups.join(', ') || '-'],
    [fields.appearedAt, dateOf(card.appearedAt)],
    ...standingRows(terminal, card),
    [fields.questions, words.answered(card.questionsAnswered)],
    ...card.methods.flatMap((method) => methodRows(terminal, method)),
  ]);
}

function stateOf({ words: { states }, language }: Terminal, person: Standing, anyProven: boolean): string {
  if (person.disabledAt !== null) return states.disabled;
  if (person.blockedAt !== null) return wordsOf(language).people.states.blocked;
  if (!person.enabled) return states.notEnabled;
  if (person.ableToReset) return states.ready;
  if (person.registered) return states.registered;
  return anyProven || person.questionsAnswered > 0 ? states.partly : states.nothing;
}

type ShownMethod = PersonCard['methods'][number];

/** One thing a line, so that a card stays within 80 columns. */
function methodRows(terminal: Terminal, { kind, mask, channel, provenAt, consent }: ShownMethod): string[][] {
  const { words, methodWords } = terminal;
  const state = provenAt === null ? words.filledInOnly : words.provenOn(dateOf(provenAt));
  return [
    [methodWords.names[kind], mask ? sayMask(terminal, mask) : methodWords.masks.unreadable],
    ['', channel ? `${methodWords.channels[channel]}; ${state}` : state],
    ...(consent ? [['', words.consent(consent.givenBy, dateOf(consent.givenAt), consent.how)]] : []),
  ];
}

function sayMask({ methodWords: { masks } }: Terminal, mask: Mask): string {
  if (mask.kind === 'number') return masks.number(mask.ending);
  return mask.firstLetter === null
    ? masks.shortAddress(mask.domain)
    : masks.address(mask.firstLetter, mask.domain);
}
