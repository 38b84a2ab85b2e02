import { isPlainText } from '../methods/plain-text.ts';
import { day } from '../people/status.ts';
import type { Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';

/** A cell that was read, or why it could not be. */
export type Read<T, P> = { result: 'read'; value: T } | { result: P } | { result: 'too-long'; most: number };

/** Makes a cell one line: personnel systems break long cells. */
export function foldLines(cell: string): string {
  return cell.trim().replace(/\s*\n\s*/g, ' ');
}

/** Reads a text of one line, at most so long in characters. */
export function readLine(cell: string, most: number): Read<string, 'not-plain-text'> {
  const text = foldLines(cell).normalize('NFC');
  if (text.length > most && Array.from(text).length > most) return { result: 'too-long', most };
  return isPlainText(text) ? { result: 'read', value: text } : { result: 'not-plain-text' };
}

const yes = new Set(['ja', 'j', 'yes', 'y', 'true', 'waar', '1', 'x', 'wahr', 'oui']);
const no = new Set(['nee', 'n', 'no', 'false', 'onwaar', '0', 'falsch', 'non']);

/** Reads yes or no as spreadsheets and people write it. */
export function readYesNo(cell: string): Read<boolean, 'not-yes-or-no'> {
  const word = cell.toLowerCase();
  if (yes.has(word)) return { result: 'read', value: true };
  return no.has(word) ? { result: 'read', value: false } : { result: 'not-yes-or-no' };
}

/** Reads a language by its code, with or without a country, or by its name. */
export function readLanguage(cell: string): Read<Language, 'language-unknown'> {
  const word = cell.toLowerCase();
  if (/^nl([-_][a-z]{2})?$|^(nederlands|dutch|nld|dut|vlaams|flemish)$/.test(word))
    return { result: 'read', value: 'nl' };
  if (/^en([-_][a-z]{2})?$|^(engels|english|eng)$/.test(word)) return { result: 'read', value: 'en' };
  return { result: 'language-unknown' };
}

const texts = new Set(['text', 'sms', 'tekst', 'tekstbericht', 'textmessage', 'bericht']);
const calls = new Set(['call', 'bellen', 'bel', 'voice', 'spraak', 'telefoontje', 'phonecall', 'oproep']);

/** Reads how a code is to reach a phone. */
export function readChannel(cell: string): Read<'text' | 'call', 'channel-unknown'> {
  const word = cell.toLowerCase().replace(/[^a-z]/g, '');
  if (texts.has(word)) return { result: 'read', value: 'text' };
  return calls.has(word) ? { result: 'read', value: 'call' } : { result: 'channel-unknown' };
}

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?$/;

/** Reads a day as 2026-11-01 or 1-11-2026, the day before the month; a time of day behind it says nothing. */
export function readDay(cell: string, now: Time): Read<Time, 'date-unreadable' | 'consent-in-future'> {
  const [year, month, dayOfMonth] = partsOf(cell);
  if (year === undefined || month === undefined || dayOfMonth === undefined)
    return { result: 'date-unreadable' };
  const at = Date.UTC(year, month - 1, dayOfMonth);
  const read = new Date(at);
  if (read.getUTCMonth() !== month - 1 || read.getUTCDate() !== dayOfMonth || year < 1990)
    return { result: 'date-unreadable' };
  return at > now + day ? { result: 'consent-in-future' } : { result: 'read', value: at };
}

/** Year, month and day; nothing when it is no date. */
function partsOf(cell: string): number[] {
  const iso = yearFirst.exec(cell)?.slice(1, 4);
  return (iso ?? dayFirst.exec(cell)?.slice(1, 4).toReversed() ?? []).map(Number);
}

const mostGroups = 100;
const longestGroup = 100;

/** Reads groups from one cell, separated by `;`, `|` or a new line; each once, in the order of the alphabet. */
export function readGroups(cell: string): Read<string[], 'not-plain-text' | 'too-many-groups'> {
  const names = cell
    .split(/[;|\n]/)
    .map((name) => name.trim().normalize('NFC'))
    .filter((name) => name !== '');
  const groups = [...new Set(names)].toSorted();
  if (groups.length > mostGroups) return { result: 'too-many-groups' };
  if (groups.some((name) => Array.from(name).length > longestGroup))
    return { result: 'too-long', most: longestGroup };
  return groups.every(isPlainText) ? { result: 'read', value: groups } : { result: 'not-plain-text' };
}
