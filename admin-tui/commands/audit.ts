import type { InferRequestType, InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { type Action, BadUsage, NotDone, readArgs, type Terminal, wantsJson } from '../command.ts';
import { linesOf } from '../lines-of.ts';
import { plainJson } from '../plain.ts';
import { momentOf, rulesWords } from '../policy-lines.ts';
import { tableLines } from '../table.ts';

type Listed = InferResponseType<Door['audit']['$get'], 200>;
type AuditEvent = Listed['events'][number];
type Verified = InferResponseType<Door['audit']['verify']['$post'], 200>;
type Filter = Omit<InferRequestType<Door['audit']['export']['$get']>['query'], 'format'>;

const filters = {
  person: { type: 'string' },
  actor: { type: 'string' },
  kind: { type: 'string' },
  outcome: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

type Typed = { [name in keyof typeof filters]?: string | undefined };

function filterOf({ words }: Terminal, { person, actor, kind, outcome, from, to }: Typed): Filter {
  if (outcome !== undefined && outcome !== 'done' && outcome !== 'refused')
    throw new BadUsage(words.unknownOption('--outcome'));
  return {
    ...(person === undefined ? {} : { person }),
    ...(actor === undefined ? {} : { actor }),
    ...(kind === undefined ? {} : { kind }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

const mostAtOnce = 500;

async function readEvents(door: Door, filter: Filter, wanted: number): Promise<Listed> {
  const events: AuditEvent[] = [];
  let next: string | null = '';
  while (next !== null && events.length < wanted) {
    const limit = String(Math.min(mostAtOnce, wanted - events.length));
    const query: InferRequestType<Door['audit']['$get']>['query'] = {
      ...filter,
      limit,
      ...(next === '' ? {} : { after: next }),
    };
    const answer: Awaited<ReturnType<Door['audit']['$get']>> = await door.audit.$get({ query });
    if (!answer.ok) break;
    const page: Listed = await answer.json();
    events.push(...page.events);
    next = page.next;
  }
  return { events, next };
}

const list: Action = async (terminal, args) => {
  const options = { ...filters, limit: { type: 'string' }, format: { type: 'string' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const wanted = Number(values.limit ?? '100');
  if (!Number.isInteger(wanted) || wanted < 1) throw new BadUsage(terminal.words.unknownOption('--limit'));
  const { events, next } = await readEvents(await terminal.door(), filterOf(terminal, values), wanted);
  const words = rulesWords(terminal);
  if (json) return terminal.out(plainJson(events));
  if (events.length === 0) return terminal.say(words.noEvents);
  const head = [words.at, words.event, words.outcome, words.actor, words.person, words.details];
  const rows = events.map((event) => cellsOf(terminal, event));
  for (const line of tableLines([head, ...rows])) terminal.out(line);
  if (next !== null) terminal.say(words.more);
};

function cellsOf(terminal: Terminal, event: AuditEvent): string[] {
  const { outcomes, actors } = rulesWords(terminal);
  const { actor, details, address } = event;
  const kinds: Record<string, string> = actors;
  const outcomeWords: Record<string, string> = outcomes;
  const told = Object.entries(details).map(([name, value]) => `${name}=${value}`);
  const more = [...told, ...(address === null ? [] : [address])].join(' ');
  const who = actor.name ?? kinds[actor.kind] ?? actor.kind;
  const outcome = outcomeWords[event.outcome] ?? event.outcome;
  return [momentOf(event.at), event.event, outcome, who, event.person ?? '-', more];
}

const exportFormats = ['csv', 'json', 'ndjson'] as const;

/** Takes the audit out, line by line as it comes in, so that a large one needs no memory. */
const exportAll: Action = async (terminal, args) => {
  const options = { ...filters, format: { type: 'string' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const format = exportFormats.find((known) => known === (values.format ?? 'csv'));
  if (!format) throw new BadUsage(rulesWords(terminal).badExport);
  const query = { ...filterOf(terminal, values), format };
  const answer = await (await terminal.door()).audit.export.$get({ query });
  if (!answer.ok || !answer.body) return;
  for await (const line of linesOf(answer.body)) terminal.out(line);
};

/** Ends with 1 when something was found, so that a script notices. */
const verify: Action = async (terminal, args) => {
  const options = { head: { type: 'string' }, format: { type: 'string' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const { head } = values;
  const asked = head === undefined ? {} : { head };
  const answer = await (await terminal.door()).audit.verify.$post({ json: asked });
  if (!answer.ok) return;
  const verified = await answer.json();
  if (json) terminal.out(plainJson(verified));
  else for (const line of verifiedLines(terminal, verified)) terminal.out(line);
  if (!verified.sound) throw new NotDone(rulesWords(terminal).unsound);
};

function verifiedLines(terminal: Terminal, verified: Verified): string[] {
  const words = rulesWords(terminal);
  const { sound, rows, batches, unsealed, prunedTo, findings } = verified;
  const whats: Record<string, string> = words.findings;
  const found = findings.map(({ problem, fromSeq: from, toSeq: to, at }) => {
    const line = words.finding({ from, to, what: whats[problem] ?? problem });
    return at === null ? line : `${line} (${momentOf(at)})`;
  });
  return [
    ...(sound ? [words.sound({ rows, batches })] : found),
    ...(unsealed > 0 ? [words.unsealed(unsealed)] : []),
    ...(prunedTo === null ? [] : [words.prunedTo(prunedTo)]),
  ];
}

/** What can be done with the audit. */
export const auditActions = new Map<string, Action>([
  ['list', list],
  ['export', exportAll],
  ['verify', verify],
]);
