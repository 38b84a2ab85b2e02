import { admin } from './admin.ts';
import { administrators } from './administrators.ts';
import { imports } from './imports.ts';
import { people } from './people.ts';
import { reminders } from './reminders.ts';
import { rules } from './rules.ts';

export const help = {
  overview: admin.terminal.overview,
  commands: {
    ...people.commands,
    people: `${people.commands.people}\n\n${imports.commands.people}`,
    ...rules.commands,
    ...reminders.commands,
    ...administrators.commands,
  },
};
