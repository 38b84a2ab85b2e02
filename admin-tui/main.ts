import { wordsOf } from '../src/words/words.ts';
import type { Terminal } from './command.ts';
import { commandNamed, helpFor } from './commands/help.ts';
import { chooseLanguage } from './language.ts';
import { plain } from './plain.ts';
import { type ExitCode, runCommand } from './run.ts';

function makeTerminal(args: string[]): Terminal {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const language = chooseLanguage(args, [LC_ALL, LC_MESSAGES, LANG]);
  const words = wordsOf(language);
  return {
    words: words.admin.terminal,
    methodWords: words.methods,
    language,
    out: (line) => process.stdout.write(`${line}\n`),
    say: (line) => process.stderr.write(`${line}\n`),
    door: async () => {
      const [{ openDoor }, { readProcessConfig }] = await Promise.all([
        import('./api.ts'),
        import('../src/config.ts'),
      ]);
      const config = readProcessConfig();
      return openDoor({ socket: config.adminSocket, tokenFile: config.adminTokenFile, language });
    },
  };
}

/** Takes `--lang nl` and `--lang=nl` away wherever they stand, so that the first words left are the command. */
function withoutLanguage(args: string[]): string[] {
  return args.filter(
    (arg, index) => arg !== '--lang' && args[index - 1] !== '--lang' && !arg.startsWith('--lang='),
  );
}

async function main(typed: string[]): Promise<ExitCode> {
  const terminal = makeTerminal(typed);
  const [first, ...rest] = withoutLanguage(typed);
  const name = commandNamed(first);
  const help = typed.some((arg) => arg === '--help' || arg === '-h');
  if (name && !help && rest.length > 0) return runCommand(terminal, name, rest);
  if (name || help || first === undefined) {
    terminal.out(helpFor(wordsOf(terminal.language).admin, name));
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
