import type { Words } from '../../src/words/words.ts';

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

/** The help of one command, or the overview of all. */
export function helpFor(
  { admin, administrators, imports, people, reminders, rules }: Words,
  name: CommandName | undefined,
): string {
  const { overview } = admin.terminal;
  const withImport = `${people.commands.people}\n\n${imports.commands.people}`;
  const helps: Record<CommandName, string> = {
    ...people.commands,
    people: withImport,
    ...rules.commands,
    ...reminders.commands,
    ...administrators.commands,
  };
  return name === undefined ? overview : helps[name];
}
