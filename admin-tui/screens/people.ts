import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { ListScreen, Row, Tools } from '../stage/screen.ts';
import { newPersonScreen } from './new-person.ts';
import { personScreen } from './person.ts';
import { standingWord } from './standing.ts';

type ListedPerson = InferResponseType<Door['people']['$get'], 200>['people'][number];

/** Which people a list shows, by the names that the overview counts them under. */
export type PeopleShown = keyof Tools['words']['overview']['bars'];

/** People, found by name or user name as one types; only those that stand in one way, if that is asked. */
export function peopleScreen({ words }: Tools, shown: PeopleShown = 'everybody'): ListScreen {
  const { people, overview } = words;
  const names = [shown, ...allShown.filter((name) => name !== shown)];
  const choices = names.map((value) => ({ value, label: overview.bars[value] }));
  return {
    kind: 'list',
    title: people.title,
    search: people.search,
    filters: [{ name: 'shown', legend: people.shownKey, label: people.shown, choices }],
    page: async (tools, { search, after, filters }) => {
      const wanted = allShown.find((name) => name === filters.shown) ?? 'everybody';
      const standing = standings[wanted];
      const query = { search, after, limit: '100', ...(standing && { standing }) };
      const found = await bodyOf(tools.door().people.$get({ query }));
      return {
        head: [people.userName, people.name, people.state],
        rows: found.people.map((person) => personRow(tools, person)),
        next: found.next,
        empty: search !== '' ? people.notFound(search) : standing ? people.nobodyStands : people.nobody,
        keys: tools.session.me?.role === 'administrator' ? [{ legend: people.add, do: add }] : [],
      };
    },
  };
}

const add = async (tools: Tools) => ({ next: 'go', screen: newPersonScreen(tools) }) as const;

const allShown = [
  'everybody',
  'enabled',
  'disabled',
  'registered',
  'ableToReset',
  'partlyRegistered',
  'filledIn',
] as const satisfies PeopleShown[];

/** What the door calls them. */
const standings = {
  everybody: undefined,
  enabled: 'enabled',
  disabled: 'disabled',
  registered: 'registered',
  ableToReset: 'able-to-reset',
  partlyRegistered: 'partly-registered',
  filledIn: 'filled-in',
} as const satisfies Record<PeopleShown, string | undefined>;

function personRow(tools: Tools, person: ListedPerson): Row {
  const { userName, displayName } = person;
  const state = standingWord(tools, person);
  return {
    id: userName,
    cells: [userName, displayName, state],
    spoken: `${displayName}, ${userName}, ${state}`,
    open: async () => ({ next: 'go', screen: personScreen(tools, { userName, displayName }) }),
  };
}
