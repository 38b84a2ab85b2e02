import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { type Action, BadUsage, readArgs, type Terminal, wantsJson } from '../command.ts';
import { plain, plainJson } from '../plain.ts';
import { changeLines, momentOf, rulesWords, written } from '../policy-lines.ts';
import { tableLines } from '../table.ts';
import { backTo, previewSettings, setSettings } from './write-policy.ts';

/** A version's number as it was typed. */
function versionOf(terminal: Terminal, typed: string): string {
  if (!/^\d{1,9}$/.test(typed)) throw new BadUsage(rulesWords(terminal).versionWrong(plain(typed)));
  return typed;
}

async function readVersion(terminal: Terminal, typed: string | undefined) {
  const door = await terminal.door();
  if (typed === undefined) {
    const answer = await door.policy.$get();
    return answer.ok ? answer.json() : undefined;
  }
  const param = { version: versionOf(terminal, typed) };
  const answer = await door.policy.versions[':version'].$get({ param, query: {} });
  return answer.ok ? answer.json() : undefined;
}

const show: Action = async (terminal, args) => {
  const options = { format: { type: 'string' }, version: { type: 'string' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const shown = await readVersion(terminal, values.version);
  if (!shown) return;
  const { version, by, at, policy } = shown;
  if (json) return terminal.out(plainJson({ version, by, at, policy }));
  const { columns, policyVersion } = terminal.words;
  const rows = Object.entries(policy).map(([name, value]) => [name, written(value)]);
  for (const line of tableLines([[columns.setting, columns.value], ...rows])) terminal.out(line);
  terminal.say(policyVersion(version));
};

type Versions = InferResponseType<Door['policy']['versions']['$get'], 200>;

async function readPage(door: Door, before: number | undefined): Promise<Versions> {
  const query = { limit: '100', ...(before === undefined ? {} : { before: String(before) }) };
  const answer = await door.policy.versions.$get({ query });
  return answer.ok ? answer.json() : { versions: [], next: null };
}

const versions: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const door = await terminal.door();
  const known: Versions['versions'] = [];
  let before: number | undefined;
  do {
    const page = await readPage(door, before);
    known.push(...page.versions);
    before = page.next ?? undefined;
  } while (before !== undefined);
  if (json) return terminal.out(plainJson(known));
  const words = rulesWords(terminal);
  const rows = known.map(({ version, by, at, changed }) => [
    String(version),
    at === null ? '-' : momentOf(at),
    by ?? words.standard,
    changed.join(', ') || '-',
  ]);
  const head = [words.version, words.at, words.by, words.changed];
  for (const line of tableLines([head, ...rows])) terminal.out(line);
};

/** Two versions side by side; with one number, that version and the one before it. */
const compare: Action = async (terminal, args) => {
  const options = { format: { type: 'string' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 'some' });
  const json = wantsJson(terminal, values.format);
  const [one = '', other, ...rest] = positionals;
  if (rest.length > 0) throw new BadUsage(terminal.words.missingArgument);
  const param = { version: versionOf(terminal, one) };
  const query = other === undefined ? {} : { comparedTo: versionOf(terminal, other) };
  const answer = await (await terminal.door()).policy.versions[':version'].$get({ param, query });
  if (!answer.ok) return;
  const { version, comparedTo, changes } = await answer.json();
  if (json) return terminal.out(plainJson({ version, comparedTo, changes }));
  if (changes.length === 0) return terminal.say(rulesWords(terminal).sameVersions);
  for (const line of changeLines(terminal, changes)) terminal.out(line);
};

/** What can be done with the policy. */
export const policyActions = new Map<string, Action>([
  ['show', show],
  ['set', setSettings],
  ['preview', previewSettings],
  ['versions', versions],
  ['compare', compare],
  ['back', backTo],
]);
