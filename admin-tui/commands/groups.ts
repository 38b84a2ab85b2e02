import { type Action, BadUsage, readArgs, wantsJson } from '../command.ts';
import { listPages } from '../list-pages.ts';
import { plain, plainJson } from '../plain.ts';
import { tableLines } from '../table.ts';
import { peopleWords } from './person-actions.ts';

const list: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const answer = await (await terminal.door()).groups.$get();
  if (!answer.ok) return;
  const { groups } = await answer.json();
  if (json) return terminal.out(plainJson(groups));
  const { columns, noGroups } = peopleWords(terminal);
  if (groups.length === 0) return terminal.say(noGroups);
  const rows = groups.map(({ name, members }) => [name, String(members)]);
  for (const line of tableLines([[columns.group, columns.members], ...rows])) terminal.out(line);
};

const members: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, {
    options: { format: { type: 'string' } },
    takes: 1,
  });
  const json = wantsJson(terminal, values.format);
  const door = await terminal.door();
  const param = { group: encodeURIComponent(positionals[0] ?? '') };
  const seen = await listPages(terminal, json, async (after) => {
    const answer = await door.groups[':group'].members.$get({ param, query: { after, limit: '500' } });
    return answer.ok ? answer.json() : { people: [], next: null };
  });
  if (seen === 0 && !json) terminal.say(peopleWords(terminal).nobodyInGroup);
};

function change(what: 'added' | 'removed'): Action {
  return async (terminal, args) => {
    const { positionals } = readArgs(terminal, args, { options: {}, takes: 'some' });
    const [group = '', ...names] = positionals;
    if (names.length === 0) throw new BadUsage(terminal.words.missingArgument);
    const member = (await terminal.door()).groups[':group'].members[':userName'];
    for (const name of names) {
      const param = { group: encodeURIComponent(group), userName: encodeURIComponent(name) };
      await (what === 'added' ? member.$put({ param }) : member.$delete({ param }));
      terminal.say(peopleWords(terminal).said[what](plain(name), plain(group)));
    }
  };
}

/** What can be done with groups. */
export const groupActions = new Map<string, Action>([
  ['list', list],
  ['members', members],
  ['add', change('added')],
  ['remove', change('removed')],
]);
