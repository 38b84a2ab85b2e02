import { inTransaction, readMeta, writeMeta } from '../store/database.ts';
import type { Db } from '../store/schema.ts';

/** The names by which somebody is looked for. */
export interface Named {
  userName: string;
  displayName: string;
}

/** Raised whenever keys come out differently, so that the next start makes them anew. */
const edition = '1';
const longestKey = 64;
const mostKeys = 24;
const rowsAtOnce = 500;

/** Letters that Unicode does not take apart into a letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
};

/**
 * Folds a text to how it is looked for: no case, no diacritics (Zoë is zoe, Bjørn is bjorn, Straße is strasse), one
 * kind of apostrophe. Letters stay taken apart (NFKD), so that a syllable half typed is a prefix of the whole one.
 */
export function foldName(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('\0', '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[øłđðħŧıæœþς]/g, (letter) => plainLetters[letter] ?? letter);
}

/** Splits a name into folded words as somebody types them: at spaces, without brackets, commas and quotes around them. */
export function foldedWords(text: string): string[] {
  return foldName(text)
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
    .map(cut);
}

/** Cuts a key to the length that is kept, in code points, so that what is typed can be cut alike. */
export function cut(key: string): string {
  return [...key].slice(0, longestKey).join('');
}

/** The keys a person is found by: the user name, the whole display name, and each word and part of a word of it. */
export function searchKeysOf({ userName, displayName }: Named): string[] {
  const words = foldedWords(displayName);
  const parts = words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)).filter((part) => part !== '');
  const keys = new Set([cut(foldName(userName)), cut(words.join(' ')), ...words, ...parts]);
  keys.delete('');
  return [...keys].slice(0, mostKeys);
}

/** Writes the keys of people in place of those they had, in the transaction that writes the people themselves. */
export async function writeSearchKeysOf(tx: Db, people: readonly Named[]): Promise<void> {
  for (let at = 0; at < people.length; at += rowsAtOnce) {
    const names = people.slice(at, at + rowsAtOnce).map(({ userName }) => userName);
    await tx.deleteFrom('search_keys').where('user_name', 'in', names).execute();
  }
  await addSearchKeysOf(tx, people);
}

/** Writes the keys of people who have none yet: cheaper for those who are just being added. */
export async function addSearchKeysOf(tx: Db, people: readonly Named[]): Promise<void> {
  const rows = people.flatMap((person) =>
    searchKeysOf(person).map((key) => ({ user_name: person.userName, key })),
  );
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx
      .insertInto('search_keys')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute();
}

/** Writes the keys of one person. */
export async function writeSearchKeys(tx: Db, person: Named): Promise<void> {
  await writeSearchKeysOf(tx, [person]);
}

/** Makes every key anew when this version folds differently from the one that wrote them; does nothing otherwise. */
export async function ensureSearchKeys(db: Db): Promise<void> {
  if ((await readMeta(db, 'search-keys')) === edition) return;
  let last: string | undefined = '';
  while (last !== undefined) {
    const after: string = last;
    last = await inTransaction(db, (tx) => writeNextKeys(tx, after));
  }
  await writeMeta(db, 'search-keys', edition);
}

async function writeNextKeys(tx: Db, after: string): Promise<string | undefined> {
  const rows = await tx
    .selectFrom('people')
    .select(['user_name', 'display_name'])
    .where('user_name', '>', after)
    .orderBy('user_name')
    .limit(rowsAtOnce)
    .execute();
  const people = rows.map((row) => ({ userName: row.user_name, displayName: row.display_name }));
  await writeSearchKeysOf(tx, people);
  return rows.at(-1)?.user_name;
}
