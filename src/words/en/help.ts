import { helpOf } from '../help-of.ts';
import { admin } from './admin.ts';
import { administrators } from './administrators.ts';
import { imports } from './imports.ts';
import { people } from './people.ts';
import { reminders } from './reminders.ts';
import { rules } from './rules.ts';

export const help = helpOf({ admin, administrators, imports, people, reminders, rules });
