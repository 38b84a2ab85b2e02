import { bodyOf } from '../body-of.ts';
import type { FormScreen, ListScreen, Next, Row, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { personScreen } from './person.ts';
import { countOf, standingWord } from './standing.ts';

/** Every group with how many are in it. */
export function groupsScreen({ words }: Tools): ListScreen {
  const { groups } = words;
  return {
    kind: 'list',
    title: groups.title,
    page: async (tools) => {
      const told = await bodyOf(tools.door().groups.$get());
      const rows = told.groups.map(
        ({ name, members }): Row => ({
          id: name,
          cells: [name, countOf(tools, members)],
          open: async (inside) => ({ next: 'go', screen: membersScreen(inside, name) }),
        }),
      );
      const may = tools.session.me?.role === 'administrator';
      const add = async (inside: Tools) => ({ next: 'go', screen: joinForm(inside) }) as const;
      return {
        head: groups.head,
        rows,
        empty: groups.none,
        keys: may ? [{ legend: groups.joinKey, do: add }] : [],
      };
    },
  };
}

function membersScreen(_: Tools, group: string): ListScreen {
  return {
    kind: 'list',
    title: group,
    page: async (tools, { after }) => {
      const { groups, people } = tools.words;
      const param = { group: encodeURIComponent(group) };
      const query = { after, limit: '100' };
      const told = await bodyOf(tools.door().groups[':group'].members.$get({ param, query }));
      const may = tools.session.me?.role === 'administrator';
      const add = async (inside: Tools) => ({ next: 'go', screen: joinForm(inside, group) }) as const;
      return {
        head: [people.userName, people.name, people.state],
        rows: told.people.map((person) => memberRow(tools, group, person)),
        next: told.next,
        empty: groups.nobody,
        keys: may ? [{ legend: groups.joinKey, do: add }] : [],
      };
    },
  };
}

interface Member extends Readonly<Parameters<typeof standingWord>[1]> {
  userName: string;
  displayName: string;
}

function memberRow(tools: Tools, group: string, member: Member): Row {
  const { userName, displayName } = member;
  const may = tools.session.me?.role === 'administrator';
  const leave = async (inside: Tools) => ({ next: 'go', screen: leaveAsk(inside, group, member) }) as const;
  return {
    id: userName,
    cells: [userName, displayName, standingWord(tools, member)],
    open: async (inside) => ({ next: 'go', screen: personScreen(inside, { userName, displayName }) }),
    keys: may ? [{ legend: tools.words.groups.leaveKey, do: leave }] : [],
  };
}

function joinForm({ words }: Tools, group = ''): FormScreen {
  const { groups } = words;
  return {
    kind: 'form',
    title: groups.joinTitle,
    typing: 'at once',
    from: group === '' ? 'group' : 'userName',
    fields: [
      { name: 'group', label: groups.group, value: group, input: 'text' },
      { name: 'userName', label: groups.userName, value: '', input: 'text' },
    ],
    submit: {
      legend: groups.join,
      do: async (values, tools): Promise<Next> => {
        const param = paramOf(values.group ?? '', values.userName ?? '');
        const card = await bodyOf(tools.door().groups[':group'].members[':userName'].$put({ param }));
        return { next: 'back', said: groups.joined(card.displayName, values.group ?? '') };
      },
    },
  };
}

function leaveAsk({ words }: Tools, group: string, { userName, displayName }: Member): ListScreen {
  const { groups, stage } = words;
  return askScreen({
    title: groups.leaveTitle,
    intro: [groups.leaveIntro(displayName, group)],
    answers: [
      { label: stage.cancel, do: async () => ({ next: 'back' }) },
      {
        label: groups.leave,
        do: async (tools) => {
          const param = paramOf(group, userName);
          await bodyOf(tools.door().groups[':group'].members[':userName'].$delete({ param }));
          return { next: 'back', said: groups.left(displayName, group) };
        },
      },
    ],
  });
}

function paramOf(group: string, userName: string) {
  return { group: encodeURIComponent(group.trim()), userName: encodeURIComponent(userName.trim()) };
}
