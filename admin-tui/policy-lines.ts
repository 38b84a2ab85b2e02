import type { InferResponseType } from 'hono/client';
import { wordsOf } from '../src/words/words.ts';
import type { Door } from './api.ts';
import type { Terminal } from './command.ts';
import { tableLines } from './table.ts';

/** What a change would do, as the door tells it. */
export type Preview = InferResponseType<Door['policy']['preview']['$post'], 200>;

/** The words of the commands on policy, questions and audit. */
export function rulesWords({ language }: Pick<Terminal, 'language'>) {
  return wordsOf(language).rules.terminal;
}

/** A setting's value as one types it. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Changes as lines: setting, what it was, what it becomes. */
export function changeLines(terminal: Terminal, changes: Preview['changes']): string[] {
  const { was, becomes } = rulesWords(terminal);
  const rows = changes.map(({ setting, from, to }) => [setting, written(from), written(to)]);
  return tableLines([[terminal.words.columns.setting, was, becomes], ...rows]);
}

const kinds = [
  'losesReset',
  'gainsReset',
  'becomesOverdue',
  'noLongerOverdue',
  'newlyEnabled',
  'noLongerEnabled',
] as const;

/** Effects as sentences, those that touch somebody; one sentence when nobody is. */
export function effectLines(terminal: Terminal, effects: Preview['effects']): string[] {
  const words = rulesWords(terminal).effects;
  const told = kinds.filter((kind) => effects[kind] > 0).map((kind) => words[kind](effects[kind]));
  return told.length > 0 ? told : [words.none];
}

/** Whether a change takes something from somebody: then it is not made without a yes. */
export function takesAway({ losesReset, becomesOverdue, noLongerEnabled }: Preview['effects']): boolean {
  return losesReset + becomesOverdue + noLongerEnabled > 0;
}

/** A moment as a table shows it: to the minute, UTC. */
export function momentOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
