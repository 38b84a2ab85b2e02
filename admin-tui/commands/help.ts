import type { Words } from '../../src/words/words.ts';

/** The commands there are, in the order in which the overview names them. */
export const commandNames = ['policy', 'questions', 'people'] as const;
export type CommandName = (typeof commandNames)[number];

/** Finds the command of this name. */
export function commandNamed(name: string | undefined): CommandName | undefined {
  return commandNames.find((known) => known === name);
}

/** The help of one command, or the overview of all. */
export function helpFor({ terminal }: Words['admin'], name: CommandName | undefined): string {
  return name === undefined ? terminal.overview : terminal[name];
}
