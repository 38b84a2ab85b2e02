import type { InferResponseType } from 'hono/client';
import { wordsOf } from '../../src/words/words.ts';
import type { Door } from '../api.ts';
import { type Action, readArgs, type Terminal, wantsJson } from '../command.ts';
import { sealingToTell } from '../keys-left.ts';
import { plainJson } from '../plain.ts';
import { momentOf } from '../policy-lines.ts';
import { sentRows } from '../sent-rows.ts';
import { tableLines } from '../table.ts';

type Overview = InferResponseType<Door['overview']['$get'], 200>;

const barWidth = 20;

/** A number, its share, and a bar for who sees; the bar says nothing that the number does not. */
function rowOf(name: string, count: number, of: number): string[] {
  const share = of === 0 ? 0 : count / of;
  const percent = count > 0 && share < 0.01 ? '<1%' : `${Math.floor(share * 100)}%`;
  return [name, String(count), percent, '#'.repeat(Math.ceil(share * barWidth))];
}

function overviewLines(
  terminal: Terminal,
  { total, enabled, disabled, overdue, sent, keys, directoryLosses, ...rest }: Overview,
): string[] {
  const { overview: words, reasons } = wordsOf(terminal.language).reminders;
  const { registered, ableToReset, partlyRegistered, filledIn } = rest;
  const shares: [string, number][] = [
    [words.registered, registered],
    [words.ableToReset, ableToReset],
    [words.partlyRegistered, partlyRegistered],
    [words.filledIn, filledIn],
    [words.overdue, overdue.total],
    [`- ${reasons.demanded}`, overdue.demanded],
    [`- ${reasons['never-registered']}`, overdue['never-registered']],
    [`- ${reasons.incomplete}`, overdue.incomplete],
    [`- ${reasons['check-due']}`, overdue['check-due']],
  ];
  const losses =
    directoryLosses === null
      ? []
      : ['', words.losses({ ...directoryLosses, since: momentOf(directoryLosses.since) })];
  const table = tableLines([
    [words.total, String(total)],
    rowOf(words.disabled, disabled, total),
    rowOf(words.enabled, enabled, total),
    ...shares.map(([name, count]) => rowOf(name, count, enabled)),
    ...sentRows(terminal.language, sent),
    ...keysRows(terminal, keys),
  ]);
  return [...table, ...losses];
}

function keysRows({ language }: Terminal, keys: Overview['keys']): string[][] {
  const sealing = sealingToTell(keys);
  if (sealing === undefined) return [];
  const { overview: words } = wordsOf(language).reminders;
  const unopenable = sealing.unopenable > 0 ? [[words.unopenable, String(sealing.unopenable)]] : [];
  return [rowOf(words.sealedAnew, sealing.done, sealing.total), ...unopenable];
}

async function readOverview(terminal: Terminal): Promise<Overview | undefined> {
  const answer = await (await terminal.door()).overview.$get();
  return answer.ok ? answer.json() : undefined;
}

/** How many people stand how. */
export const overview: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const found = await readOverview(terminal);
  if (!found) return;
  if (json) return terminal.out(plainJson(found));
  for (const line of overviewLines(terminal, found)) terminal.out(line);
};

/** The overview with its moment and the policy that it follows from, to be kept. */
export const report: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const found = await readOverview(terminal);
  const inForce = await (await terminal.door()).policy.$get();
  if (!found || !inForce.ok) return;
  const { version } = await inForce.json();
  if (json) return terminal.out(plainJson({ ...found, policyVersion: version }));
  const words = wordsOf(terminal.language).reminders.overview;
  const head = [words.at(`${momentOf(found.at)} UTC`), words.policy(version), ''];
  for (const line of [...head, ...overviewLines(terminal, found)]) terminal.out(line);
};
