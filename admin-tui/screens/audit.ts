import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { Asked, Do, ListScreen, Row, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { exportForm } from './export.ts';
import { momentOf } from './standing.ts';

type Event = InferResponseType<Door['audit']['$get'], 200>['events'][number];

/** Everything that happened, the newest first, with filters; it can be taken out and verified. */
export function auditScreen({ words, all }: Tools): ListScreen {
  const { audit } = words;
  const { outcomes } = all.rules.terminal;
  const outcome = [
    { value: '', label: audit.all },
    { value: 'done', label: outcomes.done },
    { value: 'refused', label: outcomes.refused },
  ];
  return {
    kind: 'list',
    title: audit.title,
    filters: [
      { name: 'person', ...audit.filters.person, choices: 'typed' },
      { name: 'actor', ...audit.filters.actor, choices: 'typed' },
      { name: 'kind', ...audit.filters.kind, choices: 'typed' },
      { name: 'outcome', ...audit.filters.outcome, choices: outcome },
      { name: 'from', ...audit.filters.from, choices: 'typed' },
      { name: 'to', ...audit.filters.to, choices: 'typed' },
    ],
    page: async (tools, asked) => {
      const query = {
        ...queryOf(asked),
        limit: '100',
        ...(asked.after === '' ? {} : { after: asked.after }),
      };
      const told = await bodyOf(tools.door().audit.$get({ query }));
      return {
        head: audit.head,
        rows: told.events.map((event) => eventRow(tools, event)),
        next: told.next,
        empty: audit.none,
        keys: [
          { legend: audit.exportKey, do: openExport(asked) },
          { legend: audit.verifyKey, do: verify },
        ],
      };
    },
  };
}

/** The filters that are set, as the door takes them. */
function queryOf({ filters }: Asked) {
  const set = (name: string) => filters[name]?.trim() || undefined;
  const outcome = (['done', 'refused'] as const).find((known) => known === filters.outcome);
  return {
    person: set('person'),
    actor: set('actor'),
    kind: set('kind'),
    from: set('from'),
    to: set('to'),
    outcome,
  };
}

function eventRow(tools: Tools, event: Event): Row {
  const who = actorWords(tools, event);
  const about = event.person ?? '';
  return {
    id: String(event.seq),
    cells: [momentOf(event.at), eventWords(tools, event), who, about],
    open: async (inside) => ({ next: 'go', screen: eventScreen(inside, event) }),
  };
}

/** What happened in words; what a later version of the server knows, by its own name. */
function eventWords({ words }: Tools, { event }: Event): string {
  const events: Readonly<Record<string, string>> = words.audit.events;
  return events[event] ?? event;
}

function actorWords({ all }: Tools, { actor }: Event): string {
  const { actors } = all.rules.terminal;
  const kinds: Record<string, string> = actors;
  return actor.name ?? kinds[actor.kind] ?? actor.kind;
}

function eventScreen(tools: Tools, event: Event): ListScreen {
  const { audit } = tools.words;
  const [when, what, by, about] = audit.head;
  const outcomes: Record<string, string> = tools.all.rules.terminal.outcomes;
  const details = Object.entries(event.details).map(
    ([name, value]): Row => ({ cells: [name, String(value)] }),
  );
  const rows: Row[] = [
    { cells: [when ?? '', momentOf(event.at)] },
    { cells: [what ?? '', eventWords(tools, event)] },
    // By this name the list is filtered, and scripts know it.
    { cells: [audit.filters.kind.label, event.event] },
    { cells: [audit.outcome, outcomes[event.outcome] ?? event.outcome] },
    { cells: [by ?? '', actorWords(tools, event)] },
    { cells: [about ?? '', event.person ?? '–'] },
    { cells: [audit.address, event.address ?? '–'] },
    ...details,
  ];
  return { kind: 'list', title: eventWords(tools, event), readAll: true, page: { rows } };
}

function openExport(asked: Asked): Do {
  return async (tools) => ({
    next: 'go',
    screen: exportForm(tools, {
      name: tools.words.audit.fileName,
      read: (inside, format) => inside.door().audit.export.$get({ query: { ...queryOf(asked), format } }),
    }),
  });
}

const verify: Do = async (tools) => {
  const told = await bodyOf(tools.door().audit.verify.$post({ json: {} }));
  const { terminal } = tools.all.rules;
  const names: Record<string, string> = terminal.findings;
  const { sound, rows, batches, unsealed, prunedTo } = told;
  const intro = [
    sound ? terminal.sound({ rows, batches }) : terminal.unsound,
    ...(unsealed > 0 ? [terminal.unsealed(unsealed)] : []),
    ...(prunedTo === null ? [] : [terminal.prunedTo(prunedTo)]),
    ...told.findings.map(({ fromSeq: from, toSeq: to, problem }) =>
      terminal.finding({ from, to, what: names[problem] ?? problem }),
    ),
  ];
  const back: Do = async () => ({ next: 'back' });
  const { audit } = tools.words;
  return {
    next: 'go',
    screen: askScreen({ title: audit.verifyTitle, intro, answers: [{ label: audit.seen, do: back }] }),
  };
};
