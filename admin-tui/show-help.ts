import { endWithClosedPipe } from './closed-pipe.ts';
import { helpFor } from './commands/help.ts';
import { readTyped } from './typed.ts';

endWithClosedPipe();
const { language, name } = readTyped(process.argv.slice(2), process.env);
process.stdout.write(`${await helpFor(language, name)}\n`);
