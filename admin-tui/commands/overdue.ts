import type { InferRequestType, InferResponseType } from 'hono/client';
import { wordsOf } from '../../src/words/words.ts';
import type { Door } from '../api.ts';
import { type Action, BadUsage, readArgs, type Terminal } from '../command.ts';
import { linesOf } from '../lines-of.ts';
import { columnWidths, tableLines } from '../table.ts';
import { overview, report } from './overview.ts';
import { remind } from './remind.ts';

type Asked = InferRequestType<Door['overdue']['$get']>['query'];
type Listed = InferResponseType<Door['overdue']['$get'], 200>;

/** The options by which one chooses among overdue people. */
export const filterOptions = {
  reason: { type: 'string' },
  group: { type: 'string' },
  prefix: { type: 'string' },
} as const;

const reasons = ['demanded', 'never-registered', 'incomplete', 'check-due'] as const;

/** One of the values that an option takes; throws `BadUsage` on any other. */
function oneOf<const V extends string>(
  { words }: Terminal,
  { option, values, typed }: { option: string; values: readonly V[]; typed: string },
): V {
  const value = values.find((one) => one === typed);
  if (value === undefined) throw new BadUsage(words.unknownOption(`--${option}`));
  return value;
}

/** Reads by what people are chosen. */
export function filterOf(
  terminal: Terminal,
  typed: { [name in keyof typeof filterOptions]?: string | undefined },
) {
  const { reason, group, prefix } = typed;
  return {
    ...(reason === undefined
      ? {}
      : { reason: oneOf(terminal, { option: 'reason', values: reasons, typed: reason }) }),
    ...(group === undefined ? {} : { group }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

const formats = ['table', 'json', 'csv', 'ndjson'] as const;

const overdue: Action = async (terminal, args) => {
  const options = {
    ...filterOptions,
    sort: { type: 'string', default: 'since' },
    order: { type: 'string', default: 'asc' },
    format: { type: 'string', default: 'table' },
  } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const format = formats.find((one) => one === values.format);
  if (!format) throw new BadUsage(wordsOf(terminal.language).reminders.badFormat);
  const asked = {
    ...filterOf(terminal, values),
    sort: oneOf(terminal, { option: 'sort', values: ['since', 'name'], typed: values.sort }),
    order: oneOf(terminal, { option: 'order', values: ['asc', 'desc'], typed: values.order }),
  };
  const door = await terminal.door();
  if (format === 'table') return showTable(terminal, door, asked);
  const answer = await door.overdue.export.$get({ query: { ...asked, format } });
  if (!answer.ok || !answer.body) return;
  for await (const line of linesOf(answer.body)) terminal.out(line);
};

async function* pagesOf(door: Door, asked: Asked): AsyncGenerator<Listed['people']> {
  let after: string | null = '';
  while (after !== null) {
    const query: Asked = { ...asked, after, limit: '500' };
    const answer: Awaited<ReturnType<Door['overdue']['$get']>> = await door.overdue.$get({ query });
    if (!answer.ok) return;
    const page: Listed = await answer.json();
    yield page.people;
    after = page.next;
  }
}

/** Page after page as it comes in; columns keep the width they once had. */
async function showTable(terminal: Terminal, door: Door, asked: Asked): Promise<void> {
  const { columns, reasons: why, nobodyOverdue, overdueCount } = wordsOf(terminal.language).reminders;
  const head = [columns.userName, columns.displayName, columns.reason, columns.since, columns.days];
  let seen = 0;
  let widths: number[] = [];
  for await (const people of pagesOf(door, asked)) {
    const rows = people.map((person) => [
      person.userName,
      person.displayName,
      why[person.reason],
      person.since.slice(0, 10),
      String(person.days),
    ]);
    const shown = seen === 0 && rows.length > 0 ? [head, ...rows] : rows;
    widths = columnWidths(shown, widths);
    seen += rows.length;
    for (const line of tableLines(shown, widths)) terminal.out(line);
  }
  terminal.say(seen === 0 ? nobodyOverdue : overdueCount(String(seen)));
}

/** The commands about how people stand. */
export const overdueActions = { overdue, overview, report, remind };
