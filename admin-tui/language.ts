import { type Language, languages } from '../src/words/languages.ts';

/** The language of `--lang`, else of the machine (`LC_ALL`, `LC_MESSAGES`, `LANG`), else Dutch. */
export function chooseLanguage(args: readonly string[], machine: readonly (string | undefined)[]): Language {
  const asked = args.flatMap((arg, index) =>
    arg === '--lang' ? [args[index + 1]] : [/^--lang=(.*)$/.exec(arg)?.[1]],
  );
  const named = [...asked, machine.find((locale) => locale)].map((name) => name?.slice(0, 2).toLowerCase());
  return named.map((name) => languages.find((language) => language === name)).find((found) => found) ?? 'nl';
}

/** Takes `--lang nl` and `--lang=nl` away wherever they stand, so that the first words left are the command. */
export function withoutLanguage(args: readonly string[]): string[] {
  return args.filter(
    (arg, index) => arg !== '--lang' && args[index - 1] !== '--lang' && !arg.startsWith('--lang='),
  );
}
