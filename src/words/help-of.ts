import type { Words } from './words.ts';

/** Gathers what `--help` shows, of the parts of one catalogue that hold it; loads nothing itself. */
export function helpOf({
  admin,
  administrators,
  imports,
  people,
  reminders,
  rules,
}: Pick<Words, 'admin' | 'administrators' | 'imports' | 'people' | 'reminders' | 'rules'>) {
  return {
    overview: admin.terminal.overview,
    commands: {
      ...people.commands,
      people: `${people.commands.people}\n\n${imports.commands.people}`,
      ...rules.commands,
      ...reminders.commands,
      ...administrators.commands,
    },
  };
}
