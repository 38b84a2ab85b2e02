import { wordsOf } from '../src/words/words.ts';
import { endWithClosedPipe } from './closed-pipe.ts';
import type { Terminal } from './command.ts';
import { helpFor, takesNoVerb } from './commands/help.ts';
import { plain } from './plain.ts';
import { type ExitCode, runCommand } from './run.ts';
import { readTyped, type Typed } from './typed.ts';
import { sessionFile, tokenFor, whereIs } from './where.ts';

/** The environment of this process; commands and screens are handed what they need of it. */
const machine = process.env;

function makeTerminal({ language, everywhere }: Typed): Terminal {
  const words = wordsOf(language);
  const at = () => whereIs(everywhere);
  return {
    words: words.admin.terminal,
    methodWords: words.methods,
    language,
    out: (line) => process.stdout.write(`${line}\n`),
    say: (line) => process.stderr.write(`${line}\n`),
    at,
    sessionFile: async () => sessionFile(await at(), machine),
    door: async () => {
      const [{ openDoor }, where] = await Promise.all([import('./api.ts'), at()]);
      return openDoor({ at: where, token: await tokenFor(where, everywhere, machine), language });
    },
  };
}

/** The screens: by Ink, or line by line where that is asked for or the terminal can do no more. */
async function showScreens(terminal: Terminal, typed: Typed): Promise<ExitCode> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    terminal.say(wordsOf(terminal.language).screens.stage.notATerminal);
    terminal.out(await helpFor(terminal.language, undefined));
    return 0;
  }
  if (machine.NO_COLOR) machine.FORCE_COLOR = '0';
  const lines = typed.lines || machine.SPAREKEY_LINES === '1' || machine.TERM === 'dumb';
  const { openScreens } = await import('./open-screens.ts');
  return openScreens({ terminal, stdin, stdout, lines, languageChosen: typed.languageChosen });
}

async function main(typed: Typed): Promise<ExitCode> {
  const { first, name, rest, help } = typed;
  const terminal = makeTerminal(typed);
  if (name && !help && (rest.length > 0 || takesNoVerb(name))) return runCommand(terminal, name, rest);
  if (first === undefined && !help) return showScreens(terminal, typed);
  if (name || help || first === undefined) {
    terminal.out(await helpFor(typed.language, name));
    return 0;
  }
  terminal.say(terminal.words.unknownCommand(plain(first)));
  terminal.say(terminal.words.seeHelp(''));
  return 2;
}

endWithClosedPipe();
process.exitCode = await main(readTyped(process.argv.slice(2), machine));
