import type { Row, Tools } from '../stage/screen.ts';
import type { Card } from './person.ts';
import { dayOf, momentOf, standingWord } from './standing.ts';

/** The card of a person as rows of name and value. */
export function personRows(tools: Tools, card: Card): Row[] {
  const { rows } = tools.words.person;
  return [
    ...stateRows(tools, card),
    ...ownRows(tools, card),
    ...methodRows(tools, card),
    ...troubleRows(tools, card),
    ...messageRows(tools, card),
  ].map((row) => (row.cells.length === 1 ? { ...row, cells: [...row.cells, rows.none] } : row));
}

function stateRows(tools: Tools, card: Card): Row[] {
  const { rows } = tools.words.person;
  const { reasons } = tools.all.people;
  const proven = card.methods.filter(({ state }) => state === 'proven');
  const { overdue } = card;
  return [
    { cells: [rows.state, standingWord(tools, { ...card, proven })], heading: rows.headings.state },
    ...(overdue
      ? [
          {
            cells: [
              rows.overdue,
              rows.overdueSince(reasons[overdue.reason], dayOf(overdue.since), overdue.days),
            ],
          },
        ]
      : []),
    ...(card.blockedAt
      ? [{ cells: [rows.blocked, rows.blockedSince(momentOf(card.blockedAt), card.blockedWhy ?? '')] }]
      : []),
    ...(card.disabledAt ? [{ cells: [rows.disabled, momentOf(card.disabledAt)] }] : []),
    ...(card.lockedUntil ? [{ cells: [rows.locked, momentOf(card.lockedUntil)] }] : []),
    ...(card.demandedAt ? [{ cells: [rows.demanded, momentOf(card.demandedAt)] }] : []),
    { cells: [rows.lastCheck, checkWords(tools, card)] },
    { cells: [rows.lastSignIn, momentOf(card.lastSignInAt)] },
  ];
}

function checkWords({ words }: Tools, { lastCheckAt, checkDueAt }: Card): string {
  const last = dayOf(lastCheckAt);
  return checkDueAt === null ? last : words.person.rows.checkedUntil(last, dayOf(checkDueAt));
}

function ownRows({ words }: Tools, card: Card): Row[] {
  const { rows } = words.person;
  const groups = card.groups.join(', ');
  return [
    { cells: [rows.userName, card.userName], heading: rows.headings.own },
    { cells: [rows.name, card.displayName] },
    { cells: [rows.language, card.language ? words.languages[card.language] : rows.none] },
    {
      cells: [rows.groups, card.privileged ? rows.privileged(groups) : groups === '' ? rows.none : groups],
    },
    { cells: [rows.appeared, dayOf(card.appearedAt)] },
  ];
}

function methodRows(tools: Tools, card: Card): Row[] {
  const { words, all } = tools;
  const { rows } = words.person;
  return [
    {
      cells: [rows.workMailbox, card.workMailbox ? sayMask(tools, card.workMailbox) : rows.none],
      heading: rows.headings.methods,
    },
    { cells: [rows.officePhone, officePhoneWords(tools, card)] },
    ...card.methods.map((method) => ({
      cells: [all.methods.names[method.kind], methodWords(tools, method)],
    })),
    { cells: [all.methods.names['security-questions'], rows.answered(card.questionsAnswered)] },
  ];
}

/** The office phone, masked, with its extension. */
export function officePhoneWords(tools: Tools, { officePhone }: Pick<Card, 'officePhone'>): string {
  const { rows } = tools.words.person;
  if (!officePhone) return rows.none;
  const { mask, extension } = officePhone;
  return [sayMask(tools, mask), ...(extension ? [rows.extension(extension)] : [])].join(', ');
}

function methodWords(
  tools: Tools,
  { mask, channel, provenAt, checkedAt, consent }: Card['methods'][number],
): string {
  const { rows } = tools.words.person;
  const state = provenAt === null ? rows.filledIn : rows.proven(dayOf(checkedAt ?? provenAt));
  const given = consent ? [rows.consent(consent.givenBy, dayOf(consent.givenAt), consent.how)] : [];
  const { channels, masks } = tools.all.methods;
  const where = mask && channel ? [sayMask(tools, mask), channels[channel]] : [masks.unreadable];
  return [...where, state, ...given].join(', ');
}

/** What may be known of a number or address. */
export function sayMask(
  { all }: Pick<Tools, 'all'>,
  mask: NonNullable<Card['methods'][number]['mask']>,
): string {
  const { masks } = all.methods;
  if (mask.kind === 'number') return masks.number(mask.ending);
  return mask.firstLetter === null
    ? masks.shortAddress(mask.domain)
    : masks.address(mask.firstLetter, mask.domain);
}

function messageRows({ all }: Tools, card: Card): Row[] {
  const { message, states, waits, whys } = all.delivery;
  return card.messages.map(({ at, channel, state, why }) => {
    const what = why === null ? states[state] : waits(whys[why]);
    return { cells: [message, `${momentOf(at)}, ${all.methods.channels[channel]}: ${what}`] };
  });
}

function troubleRows({ words, all }: Tools, card: Card): Row[] {
  const { rows } = words.person;
  const resting = card.resting.map(({ method, until }) => ({
    cells: [
      rows.resting,
      rows.restingUntil(method ? all.methods.names[method] : rows.everything, momentOf(until)),
    ],
  }));
  const code = card.accessCode;
  const codes = code
    ? [{ cells: [rows.accessCode, rows.codeStates[code.state](code.requestedBy, momentOf(code.expiresAt))] }]
    : [];
  const givenUp = card.givenUp.map(({ at, channel, why }) => ({
    cells: [
      rows.givenUp,
      rows.notDelivered(momentOf(at), all.methods.channels[channel], all.delivery.whys[why]),
    ],
  }));
  const [first, ...more] = [...codes, ...resting, ...givenUp];
  return first ? [{ ...first, heading: rows.headings.trouble }, ...more] : [];
}
