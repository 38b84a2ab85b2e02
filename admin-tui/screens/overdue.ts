import { bodyOf } from '../body-of.ts';
import type { Asked, Do, Filter, ListScreen, Row, Tools } from '../stage/screen.ts';
import { exportForm } from './export.ts';
import { personScreen } from './person.ts';
import { askToRemind } from './reminders.ts';
import { countOf, dayOf } from './standing.ts';

/** Why somebody can be overdue, in the order in which reasons count. */
export const overdueReasons = ['demanded', 'never-registered', 'incomplete', 'check-due'] as const;
type Reason = (typeof overdueReasons)[number];

/** Who is overdue, since when and why: sorted, filtered, by the page; to be exported. */
export function overdueScreen({ words, all }: Tools, reason?: Reason): ListScreen {
  const { overdue } = words;
  return {
    kind: 'list',
    title: overdue.title,
    search: overdue.search,
    filters: filtersOf(words, all, reason),
    page: async (tools, asked) => {
      const query = { ...queryOf(asked), after: asked.after, limit: '100' };
      const told = await bodyOf(tools.door().overdue.$get({ query }));
      const { total } = await bodyOf(tools.door().overdue.counts.$get());
      return {
        intro: [overdue.intro(countOf(tools, total))],
        head: overdue.head,
        rows: told.people.map((person) => overdueRow(tools, person)),
        next: told.next,
        empty: total === 0 ? overdue.nobody : overdue.nobodyFits,
        keys: [
          { legend: overdue.exportKey, do: openExport(asked) },
          ...(tools.session.me?.role === 'administrator'
            ? [{ legend: overdue.remindKey, do: askToRemind(filterOf(asked)) }]
            : []),
        ],
      };
    },
  };
}

function filtersOf({ overdue }: Tools['words'], all: Tools['all'], first: Reason | undefined): Filter[] {
  const reasons = overdueReasons.map((value) => ({ value, label: all.people.reasons[value] }));
  const whichever = { value: '', label: overdue.all };
  const at = reasons.findIndex(({ value }) => value === first);
  const choices =
    first === undefined
      ? [whichever, ...reasons]
      : [...reasons.slice(at), whichever, ...reasons.slice(0, at)];
  return [
    { name: 'reason', ...overdue.filters.reason, choices },
    { name: 'group', ...overdue.filters.group, choices: 'typed' },
    {
      name: 'sort',
      ...overdue.filters.sort,
      choices: [
        { value: 'since', label: overdue.bySince },
        { value: 'name', label: overdue.byName },
      ],
    },
    {
      name: 'order',
      ...overdue.filters.order,
      choices: [
        { value: 'asc', label: overdue.ascending },
        { value: 'desc', label: overdue.descending },
      ],
    },
  ];
}

/** Which people are meant, as the door takes it. */
function filterOf({ filters, search }: Asked) {
  const reason = overdueReasons.find((known) => known === filters.reason);
  const group = filters.group?.trim() ?? '';
  const prefix = search.trim();
  return {
    ...(reason ? { reason } : {}),
    ...(group === '' ? {} : { group }),
    ...(prefix === '' ? {} : { prefix }),
  };
}

function queryOf(asked: Asked) {
  const sort = asked.filters.sort === 'name' ? 'name' : 'since';
  const order = asked.filters.order === 'desc' ? 'desc' : 'asc';
  return { ...filterOf(asked), sort, order } as const;
}

interface Overdue {
  userName: string;
  displayName: string;
  reason: Reason;
  since: string;
  days: number;
}

function overdueRow(tools: Tools, { userName, displayName, reason, since, days }: Overdue): Row {
  const why = tools.all.people.reasons[reason];
  return {
    id: userName,
    cells: [displayName, userName, why, dayOf(since), countOf(tools, days)],
    spoken: tools.words.overdue.spoken(displayName, why, dayOf(since), days),
    open: async (inside) => ({ next: 'go', screen: personScreen(inside, { userName, displayName }) }),
  };
}

function openExport(asked: Asked): Do {
  return async (tools) => ({
    next: 'go',
    screen: exportForm(tools, {
      name: tools.words.overdue.fileName,
      read: (inside, format) => inside.door().overdue.export.$get({ query: { ...queryOf(asked), format } }),
    }),
  });
}
