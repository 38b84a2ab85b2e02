import type { Language } from '../../src/words/languages.ts';

/** The commands there are, in the order in which the overview names them. */
export const commandNames = [
  'policy',
  'questions',
  'audit',
  'people',
  'groups',
  'overview',
  'overdue',
  'remind',
  'report',
  'sign-in',
  'sign-out',
  'first-administrator',
  'administrators',
  'tokens',
] as const;
export type CommandName = (typeof commandNames)[number];

const single: readonly CommandName[] = [
  'overview',
  'overdue',
  'remind',
  'report',
  'sign-in',
  'sign-out',
  'first-administrator',
];

/** Whether a command does one thing only, and so is not followed by a verb. */
export function takesNoVerb(name: CommandName): boolean {
  return single.includes(name);
}

/** Finds the command of this name. */
export function commandNamed(name: string | undefined): CommandName | undefined {
  return commandNames.find((known) => known === name);
}

/** The help of one command, or the overview of all; of the catalogues only what this takes is loaded. */
export async function helpFor(language: Language, name: CommandName | undefined): Promise<string> {
  const { help } = await (language === 'nl'
    ? import('../../src/words/nl/help.ts')
    : import('../../src/words/en/help.ts'));
  const helps: Record<CommandName, string> = help.commands;
  return name === undefined ? help.overview : helps[name];
}
