import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import { sealingToTell } from '../keys-left.ts';
import { sentRows } from '../sent-rows.ts';
import type { ListScreen, Next, Row, Screen, Tools } from '../stage/screen.ts';
import { overdueReasons, overdueScreen } from './overdue.ts';
import { type PeopleShown, peopleScreen } from './people.ts';
import { countOf, momentOf } from './standing.ts';

type Counts = InferResponseType<Door['overview']['$get'], 200>;

/** How many people stand how, as bars with numbers; each opens its list. */
export function overviewScreen({ words }: Tools): ListScreen {
  const { overview } = words;
  return {
    kind: 'list',
    title: overview.title,
    readAll: true,
    page: async (tools) => {
      const counts = await bodyOf(tools.door().overview.$get());
      const intro = [
        overview.intro(countOf(tools, counts.total), momentOf(counts.at)),
        ...lossLines(tools, counts),
      ];
      const rows = [
        ...standingRows(tools, counts),
        ...overdueRows(tools, counts),
        ...keysRows(tools, counts),
      ];
      const keys = [{ legend: tools.all.delivery.sent.key, do: async () => showSent(tools, counts) }];
      return { intro, rows, keys };
    },
  };
}

function lossLines({ all }: Tools, { directoryLosses }: Counts): string[] {
  if (directoryLosses === null) return [];
  return [all.reminders.overview.losses({ ...directoryLosses, since: momentOf(directoryLosses.since) })];
}

/** Goes to what went out today and this month, and what it cost. */
function showSent({ all, session }: Tools, { sent }: Counts): Next {
  const rows = sentRows(session.language, sent).map((cells) => ({ cells }));
  return {
    next: 'go',
    screen: { kind: 'list', title: all.delivery.sent.heading, readAll: true, page: { rows } },
  };
}

function standingRows(tools: Tools, counts: Counts): Row[] {
  const { overview } = tools.words;
  const { enabled } = counts;
  const bar = (shown: PeopleShown, count: number, of: number) =>
    barRow(tools, {
      label: overview.bars[shown],
      count,
      of,
      screen: (inside) => peopleScreen(inside, shown),
    });
  return [
    { ...bar('enabled', enabled, counts.total), heading: overview.everybody },
    bar('disabled', counts.disabled, counts.total),
    { ...bar('registered', counts.registered, enabled), heading: overview.ofEnabled },
    bar('ableToReset', counts.ableToReset, enabled),
    bar('partlyRegistered', counts.partlyRegistered, enabled),
    bar('filledIn', counts.filledIn, enabled),
  ];
}

function overdueRows(tools: Tools, { overdue, enabled }: Counts): Row[] {
  const { overview } = tools.words;
  const { reasons } = tools.all.people;
  const all = barRow(tools, {
    label: overview.overdue,
    count: overdue.total,
    of: enabled,
    screen: (inside) => overdueScreen(inside),
  });
  const each = overdueReasons.map((reason) =>
    barRow(tools, {
      label: reasons[reason],
      count: overdue[reason],
      of: enabled,
      screen: (inside) => overdueScreen(inside, reason),
    }),
  );
  return [{ ...all, heading: overview.overdueHeading }, ...each];
}

/** How far sealing anew has come, while it goes on or has left something. */
function keysRows(tools: Tools, { keys }: Counts): Row[] {
  const sealing = sealingToTell(keys);
  if (sealing === undefined) return [];
  const { heading, sealed, unopenable } = tools.words.overview.keys;
  const { done, total } = sealing;
  const rows = [barRow(tools, { label: sealed, count: done, of: total })];
  if (sealing.unopenable > 0)
    rows.push(barRow(tools, { label: unopenable, count: sealing.unopenable, of: total }));
  return rows.map((row, index) => (index === 0 ? { ...row, heading } : row));
}

interface Bar {
  label: string;
  count: number;
  of: number;
  /** The list behind the bar, where there is one. */
  screen?(tools: Tools): Screen;
}

function barRow(tools: Tools, { label, count, of, screen }: Bar): Row {
  const share = of === 0 ? 0 : count / of;
  const percent = `${Math.round(share * 100)} %`;
  const shown = countOf(tools, count);
  return {
    id: label,
    cells: [label, shown.padStart(9), percent.padStart(5)],
    share,
    spoken: `${label}: ${shown}, ${percent}`,
    ...(screen && { open: async (inside: Tools) => ({ next: 'go', screen: screen(inside) }) as const }),
  };
}
