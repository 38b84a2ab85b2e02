import type { Door } from '../api.ts';
import { type Action, readArgs, wantsJson } from '../command.ts';
import { cardLines, type ListedPerson, listCells, listHead } from '../person-lines.ts';
import { plainJson } from '../plain.ts';
import { columnWidths, tableLines } from '../table.ts';
import { addPerson, fillIn, setPerson } from './write-people.ts';

async function* pagesOf(door: Door): AsyncGenerator<ListedPerson[]> {
  let after: string | null = '';
  while (after !== null) {
    const answer: Awaited<ReturnType<Door['people']['$get']>> = await door.people.$get({
      query: { after, limit: '500' },
    });
    if (!answer.ok) return;
    const page: { people: ListedPerson[]; next: string | null } = await answer.json();
    yield page.people;
    after = page.next;
  }
}

const list: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const door = await terminal.door();
  let seen = 0;
  let widths: number[] = [];
  for await (const people of pagesOf(door)) {
    if (json) {
      for (const person of people) terminal.out(`${seen++ === 0 ? '[' : ','}${plainJson(person)}`);
      continue;
    }
    const head = seen === 0 ? [listHead(terminal)] : [];
    const rows = [...head, ...people.map((person) => listCells(terminal, person))];
    widths = columnWidths(rows, widths);
    seen += people.length;
    if (seen > 0) for (const line of tableLines(rows, widths)) terminal.out(line);
  }
  if (json) terminal.out(seen === 0 ? '[]' : ']');
  else if (seen === 0) terminal.say(terminal.words.nobody);
};

const show: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, {
    options: { format: { type: 'string' } },
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
  ['list', list],
  ['show', show],
  ['add', addPerson],
  ['set', setPerson],
  ['fill-in', fillIn],
]);
