import { z } from 'zod';
import type { Db } from '../store/schema.ts';
import { type PeoplePage, readListed } from './list-people.ts';
import { cut, foldedWords } from './search-keys.ts';
import { goThrough, keysFrom, type Place, type Scan } from './search-scan.ts';

/** What was typed so far, where to go on, and how many at most. */
export interface Looking {
  search: string;
  /** The `next` of the page before; empty for the first. */
  after: string;
  limit: number;
}

const mostCounted = 500;
const wordsCounted = 6;

/**
 * Finds people whose name or user name has, for each word typed, a word that begins with it. Names that begin with all
 * of the text come first. In order of the key that fits; a page may hold fewer than asked while there are more: go on
 * with `next` until it is null. `undefined` when `after` is no place.
 */
export async function findPeople(db: Db, { search, after, limit }: Looking): Promise<PeoplePage | undefined> {
  const from = readPlace(after);
  if (!from) return undefined;
  const scans = await planScans(db, foldedWords(search));
  const found: string[] = [];
  for (const [stage, scan] of scans.entries()) {
    if (stage < from.stage) continue;
    const start = stage === from.stage ? from.place : null;
    const { hits, stopped } = await goThrough(db, scan, { start, want: limit + 1 - found.length });
    found.push(...hits.map(({ userName }) => userName));
    const end = found.length > limit ? (hits.at(-2) ?? null) : stopped;
    if (found.length > limit || stopped)
      return { people: await readListed(db, found.slice(0, limit)), next: writePlace({ stage, place: end }) };
  }
  return { people: await readListed(db, found), next: null };
}

const text = z.string().regex(/^[^\0]*$/);
const placeSchema = z.tuple([z.int().min(0).max(1), text, text]);

interface At {
  stage: number;
  place: Place | null;
}

function readPlace(after: string): At | undefined {
  if (after === '') return { stage: 0, place: null };
  const parsed = placeSchema.safeParse(parseJson(Buffer.from(after, 'base64url').toString('utf8')));
  if (!parsed.success) return undefined;
  const [stage, key, userName] = parsed.data;
  return { stage, place: key === '' ? null : { key, userName } };
}

function writePlace({ stage, place }: At): string {
  const read = [stage, place?.key ?? '', place?.userName ?? ''];
  return Buffer.from(JSON.stringify(read)).toString('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The whole text first; then the word that fewest keys begin with, since every other word must fit too. */
async function planScans(db: Db, words: readonly string[]): Promise<Scan[]> {
  const [only, second] = words;
  if (only === undefined) return [];
  if (second === undefined) return [{ prefix: only, also: [], given: null }];
  const whole = cut(words.join(' '));
  const rarest = await rarestOf(db, words);
  const also = words.filter((word) => word !== rarest);
  return [
    { prefix: whole, also: [], given: null },
    { prefix: rarest, also, given: whole },
  ];
}

async function rarestOf(db: Db, words: readonly string[]): Promise<string> {
  const counted: { word: string; count: number }[] = [];
  for (const word of words.slice(0, wordsCounted)) {
    const { count } = await db
      .selectFrom((eb) => keysFrom(eb, word).limit(mostCounted).as('some'))
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    counted.push({ word, count: Number(count) });
  }
  counted.sort((a, b) => a.count - b.count || b.word.length - a.word.length);
  return counted[0]?.word ?? '';
}
