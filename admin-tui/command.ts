import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Language } from '../src/words/languages.ts';
import type { Words } from '../src/words/words.ts';
import type { Door } from './api.ts';
import type { DoorAddress } from './kept-token.ts';

/** What a command is handed: words to speak, ways to write, and the door, opened when it is first needed. */
export interface Terminal {
  words: Words['admin']['terminal'];
  methodWords: Words['methods'];
  language: Language;
  /** Data, for people and pipes. */
  out(line: string): void;
  /** Messages, which never mix with data. */
  say(line: string): void;
  door(): Promise<Door>;
  /** Where the door is. */
  at(): Promise<DoorAddress>;
  /** The file in which the session at that door is kept. */
  sessionFile(): Promise<string>;
}

/** A command that was typed wrongly; the sentence says what is wrong. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}

/** A command that was understood and left undone, or found something wrong; the sentence says what. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
}

/** One thing that can be done, such as `people add`. */
export type Action = (terminal: Terminal, args: string[]) => Promise<void>;

const everywhere = { lang: { type: 'string' } } as const;

/** Reads the options and words of one action; throws `BadUsage` unless there are as many words as it takes. */
export function readArgs<const O extends ParseArgsOptionsConfig>(
  { words }: Pick<Terminal, 'words'>,
  args: string[],
  { options, takes }: { options: O; takes: number | 'some' | 'any' },
) {
  const read = parsedOrWhy(args, options);
  if (typeof read === 'string') throw new BadUsage(words.unknownOption(read));
  const count = read.positionals.length;
  if (takes !== 'any' && (takes === 'some' ? count === 0 : count !== takes))
    throw new BadUsage(words.missingArgument);
  return read;
}

/** Says whether the answer is wanted as JSON; throws `BadUsage` on a format there is not. */
export function wantsJson({ words }: Pick<Terminal, 'words'>, format: string | undefined): boolean {
  if (format === undefined || format === 'table' || format === 'json') return format === 'json';
  throw new BadUsage(words.badFormat);
}

function parsedOrWhy<const O extends ParseArgsOptionsConfig>(args: string[], options: O) {
  try {
    return parseArgs({ args, options: { ...options, ...everywhere }, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return /'(-[^' ]*)/.exec(error.message)?.[1] ?? '';
  }
}
