import { wordsOf } from '../../src/words/words.ts';
import { BadUsage, type Terminal } from '../command.ts';
import type { ImportSettings } from '../imports.ts';
import { plain } from '../plain.ts';

/** What can be typed behind `people import`. */
export const importOptions = {
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  result: { type: 'string' },
  mapping: { type: 'string', multiple: true },
  'clear-marker': { type: 'string' },
  separator: { type: 'string' },
  encoding: { type: 'string' },
  country: { type: 'string' },
  'first-passwords': { type: 'boolean' },
  format: { type: 'string' },
} as const;

interface Typed {
  mapping?: string[] | undefined;
  'clear-marker'?: string | undefined;
  separator?: string | undefined;
  encoding?: string | undefined;
  country?: string | undefined;
  'first-passwords'?: boolean | undefined;
}

const separators = new Map<string, NonNullable<ImportSettings['separator']>>([
  [',', ','],
  [';', ';'],
  ['|', '|'],
  ['tab', '\t'],
  ['\t', '\t'],
]);
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

/** Reads what was chosen; throws `BadUsage` with what can be typed instead. */
export function readChoices(terminal: Terminal, typed: Typed): ImportSettings {
  const words = wordsOf(terminal.language).imports;
  const separator = typed.separator === undefined ? null : separators.get(typed.separator.toLowerCase());
  const encoding =
    typed.encoding === undefined ? null : encodings.find((known) => known === typed.encoding?.toLowerCase());
  if (separator === undefined) throw new BadUsage(words.terminal.badSeparator);
  if (encoding === undefined) throw new BadUsage(words.terminal.badEncoding);
  return {
    separator,
    encoding,
    mapping: (typed.mapping ?? []).map((one) => choiceOf(words, one)),
    clearMarker: typed['clear-marker'] ?? null,
    country: typed.country?.toUpperCase() ?? null,
    firstPasswords: typed['first-passwords'] ?? false,
  };
}

type Choice = NonNullable<ImportSettings['mapping']>[number];

/** `Mobiel=phone`: a header may hold an `=` itself, a field never does. */
function choiceOf(words: ReturnType<typeof wordsOf>['imports'], typed: string): Choice {
  const at = typed.lastIndexOf('=');
  const field = fieldNamed(words, typed.slice(at + 1).trim());
  const header = typed.slice(0, Math.max(at, 0)).trim();
  if (header === '' || field === undefined) throw new BadUsage(words.terminal.badMapping(plain(typed)));
  return { header, field };
}

function fieldNamed(
  { fields }: ReturnType<typeof wordsOf>['imports'],
  name: string,
): Choice['field'] | undefined {
  const known = Object.keys(fields).filter((field): field is Choice['field'] => field in fields);
  return known.find((field) => field.toLowerCase() === name.toLowerCase());
}
