import { wordsOf } from '../src/words/words.ts';
import type { Terminal } from './command.ts';
import { commandNamed, helpFor, takesNoVerb } from './commands/help.ts';
import { chooseLanguage } from './language.ts';
import { plain } from './plain.ts';
import { type ExitCode, runCommand } from './run.ts';
import { type Everywhere, sessionFile, takeEverywhere, tokenFor, whereIs } from './where.ts';

/** The environment of this process; commands and screens are handed what they need of it. */
const machine = process.env;

function makeTerminal(args: string[], everywhere: Everywhere): Terminal {
  const { LC_ALL, LC_MESSAGES, LANG } = machine;
  const language = chooseLanguage(args, [LC_ALL, LC_MESSAGES, LANG]);
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

/** Takes `--lang nl` and `--lang=nl` away wherever they stand, so that the first words left are the command. */
function withoutLanguage(args: string[]): string[] {
  return args.filter(
    (arg, index) => arg !== '--lang' && args[index - 1] !== '--lang' && !arg.startsWith('--lang='),
  );
}

/** The screens: by Ink, or line by line where that is asked for or the terminal can do no more. */
async function showScreens(terminal: Terminal, typed: string[]): Promise<ExitCode> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    terminal.say(wordsOf(terminal.language).screens.stage.notATerminal);
    terminal.out(helpFor(wordsOf(terminal.language), undefined));
    return 0;
  }
  if (machine.NO_COLOR) machine.FORCE_COLOR = '0';
  const lines = typed.includes('--lines') || machine.SPAREKEY_LINES === '1' || machine.TERM === 'dumb';
  const { openScreens } = await import('./open-screens.ts');
  const languageChosen = typed.some((arg) => /^--lang(=|$)/.test(arg));
  return openScreens({ terminal, stdin, stdout, lines, languageChosen });
}

async function main(given: string[]): Promise<ExitCode> {
  const { args: typed, everywhere } = takeEverywhere(given);
  const terminal = makeTerminal(typed, everywhere);
  const [first, ...rest] = withoutLanguage(typed).filter((arg) => arg !== '--lines');
  const name = commandNamed(first);
  const help = typed.some((arg) => arg === '--help' || arg === '-h');
  if (name && !help && (rest.length > 0 || takesNoVerb(name))) return runCommand(terminal, name, rest);
  if (first === undefined && !help) return showScreens(terminal, typed);
  if (name || help || first === undefined) {
    terminal.out(helpFor(wordsOf(terminal.language), name));
    return 0;
  }
  terminal.say(terminal.words.unknownCommand(plain(first)));
  terminal.say(terminal.words.seeHelp(''));
  return 2;
}

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
