import { type Action, BadUsage, readArgs, type Terminal, wantsJson } from '../command.ts';
import { listPages, type Page } from '../list-pages.ts';
import { cardLines } from '../person-lines.ts';
import { plainJson } from '../plain.ts';
import { accessCode } from './access-codes.ts';
import { importPeople } from './import.ts';
import {
  demand,
  disable,
  enable,
  liftBlock,
  peopleWords,
  removeMethod,
  reveal,
  unlock,
} from './person-actions.ts';
import { addPerson, fillIn, setPerson } from './write-people.ts';

const format = { format: { type: 'string' } } as const;

const standings = [
  'enabled',
  'disabled',
  'registered',
  'able-to-reset',
  'partly-registered',
  'filled-in',
] as const;

function readStanding(terminal: Terminal, typed: string | undefined) {
  const standing = standings.find((known) => known === typed);
  if (typed !== undefined && !standing)
    throw new BadUsage(peopleWords(terminal).noSuchStanding(standings.join(', ')));
  return standing && { standing };
}

const list: Action = async (terminal, args) => {
  const options = { ...format, standing: { type: 'string' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const standing = readStanding(terminal, values.standing);
  const json = wantsJson(terminal, values.format);
  const door = await terminal.door();
  const seen = await listPages(terminal, json, async (after) => {
    const answer = await door.people.$get({ query: { after, limit: '500', ...standing } });
    return answer.ok ? answer.json() : noPage;
  });
  if (seen === 0 && !json)
    terminal.say(standing ? peopleWords(terminal).nobodyStands : terminal.words.nobody);
};

const noPage: Page = { people: [], next: null };

function readLimit(terminal: Terminal, typed: string | undefined): number {
  const limit = Number(typed ?? 50);
  if (!Number.isInteger(limit) || limit < 1) throw new BadUsage(terminal.words.unknownOption('--limit'));
  return limit;
}

/** Finds people by the beginnings of their names; says so when there are more than were asked for. */
const find: Action = async (terminal, args) => {
  const options = { ...format, limit: { type: 'string' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 'some' });
  const json = wantsJson(terminal, values.format);
  const limit = readLimit(terminal, values.limit);
  const door = await terminal.door();
  const search = positionals.join(' ');
  let left = limit;
  let more = false;
  const seen = await listPages(terminal, json, async (after) => {
    const query = { search, after, limit: String(Math.min(left, 500)) };
    const answer = await door.people.$get({ query });
    const page: Page = answer.ok ? await answer.json() : noPage;
    left -= page.people.length;
    more = left === 0 && page.next !== null;
    return more ? { ...page, next: null } : page;
  });
  if (more) terminal.say(peopleWords(terminal).moreFound(limit));
  if (seen === 0 && !json) terminal.say(peopleWords(terminal).nobodyFound);
};

const show: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, {
    options: format,
    takes: 1,
  });
  const json = wantsJson(terminal, values.format);
  const [name = ''] = positionals;
  const param = { userName: encodeURIComponent(name) };
  const answer = await (await terminal.door()).people[':userName'].$get({ param });
  if (!answer.ok) return;
  const card = await answer.json();
  if (json) terminal.out(plainJson(card));
  else for (const line of cardLines(terminal, card)) terminal.out(line);
};

/** What can be done with people. */
export const peopleActions = new Map<string, Action>([
  ['find', find],
  ['list', list],
  ['show', show],
  ['add', addPerson],
  ['set', setPerson],
  ['fill-in', fillIn],
  ['reveal', reveal],
  ['remove-method', removeMethod],
  ['demand', demand],
  ['unlock', unlock],
  ['lift-block', liftBlock],
  ['disable', disable],
  ['enable', enable],
  ['access-code', accessCode],
  ['import', importPeople],
]);
