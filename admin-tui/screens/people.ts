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
      const query = { search, after, limit: wanted === 'everybody' ? '100' : '500' };
      const found = await bodyOf(tools.door().people.$get({ query }));
      return {
        head: [people.userName, people.name, people.state],
        rows: found.people.filter(tests[wanted]).map((person) => personRow(tools, person)),
        next: found.next,
        empty: search === '' ? people.nobody : people.notFound(search),
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

type Test = (person: ListedPerson) => boolean;

const takesPart: Test = ({ enabled, disabledAt }) => enabled && disabledAt === null;
const begun: Test = ({ proven, questionsAnswered }) => proven.length > 0 || questionsAnswered > 0;

/** The door finds people by name; how they stand is in what it tells of each. */
const tests: Record<PeopleShown, Test> = {
  everybody: () => true,
  enabled: takesPart,
  disabled: ({ disabledAt }) => disabledAt !== null,
  registered: (person) => takesPart(person) && person.registered,
  ableToReset: (person) => takesPart(person) && person.ableToReset,
  partlyRegistered: (person) => takesPart(person) && !person.registered && begun(person),
  filledIn: (person) => takesPart(person) && person.filledIn.length > 0,
};

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
