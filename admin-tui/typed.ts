import type { Language } from '../src/words/languages.ts';
import { type CommandName, commandNamed } from './commands/help.ts';
import { chooseLanguage, withoutLanguage } from './language.ts';

/** What may be given with every command: which door, and as whom. */
export interface Everywhere {
  socket?: string;
  url?: string;
  tokenFile?: string;
}

/** What somebody typed, taken apart. */
export interface Typed {
  language: Language;
  /** Whether the language was asked for, rather than taken from the machine. */
  languageChosen: boolean;
  everywhere: Everywhere;
  /** Whether help is asked for, wherever it stands. */
  help: boolean;
  /** Whether the screens are wanted line by line. */
  lines: boolean;
  /** The first word, and the command it names; undefined for none. */
  first: string | undefined;
  name: CommandName | undefined;
  /** All that follows the first word. */
  rest: string[];
}

/** Reads what was typed on a machine with this environment. */
export function readTyped(
  given: readonly string[],
  { LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>,
): Typed {
  const { args, everywhere } = takeEverywhere(given);
  const [first, ...rest] = withoutLanguage(args).filter((arg) => arg !== '--lines');
  return {
    language: chooseLanguage(args, [LC_ALL, LC_MESSAGES, LANG]),
    languageChosen: args.some((arg) => /^--lang(=|$)/.test(arg)),
    everywhere,
    help: args.some((arg) => arg === '--help' || arg === '-h'),
    lines: args.includes('--lines'),
    first,
    name: commandNamed(first),
    rest,
  };
}

const names = { '--socket': 'socket', '--url': 'url', '--token-file': 'tokenFile' } as const;

function nameOf(option: string): (typeof names)[keyof typeof names] | undefined {
  return Object.entries(names).find(([name]) => name === option)?.[1];
}

/** Takes the options that go with every command out of what was typed, wherever they stand. */
function takeEverywhere(typed: readonly string[]): { args: string[]; everywhere: Everywhere } {
  const args: string[] = [];
  const everywhere: Everywhere = {};
  let waiting: (typeof names)[keyof typeof names] | undefined;
  for (const word of typed) {
    const [option = '', ...rest] = word.split('=');
    const name = nameOf(option);
    if (waiting) everywhere[waiting] = word;
    else if (name && rest.length > 0) everywhere[name] = rest.join('=');
    else if (!name) args.push(word);
    waiting = !waiting && rest.length === 0 ? name : undefined;
  }
  return { args, everywhere };
}
