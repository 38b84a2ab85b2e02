import type { Db } from '../store/schema.ts';

/** A prefix to go through in order, the other words that must be found too, and the prefix of who was given already. */
export interface Scan {
  prefix: string;
  also: readonly string[];
  given: string | null;
}

/** A place in the index of keys. */
export interface Place {
  key: string;
  userName: string;
}

/** Work of one page is bounded: so many keys are looked at, then the page ends early and says where to go on. */
const mostScanned = 2000;
const keysAtOnce = 200;
/** Comes after every text with the prefix, bytewise. */
const last = '\u{10ffff}';

type Keys = Pick<Db, 'selectFrom'>;

/** One range of the index: every key with this prefix. */
export function keysFrom(db: Keys, prefix: string) {
  return db
    .selectFrom('search_keys')
    .select(['key', 'user_name'])
    .where('key', '>=', prefix)
    .where('key', '<', prefix + last);
}

/** The next keys of a scan after a place, in order of key and user name. */
export function nextKeys(db: Db, { prefix, after }: { prefix: string; after: Place | null }) {
  const keys = keysFrom(db, prefix).orderBy('key').orderBy('user_name').limit(keysAtOnce);
  if (after === null) return keys;
  return keys.where(({ eb, refTuple, tuple }) =>
    eb(refTuple('key', 'user_name'), '>', tuple(after.key, after.userName)),
  );
}

/** Who was found, and where the scan stopped. */
export interface Gone {
  hits: Place[];
  /** Where the scan stopped for having looked at enough; null at its end. */
  stopped: Place | null;
}

/** Goes on from a place until so many people are found, the prefix is through, or enough was looked at. */
export async function goThrough(
  db: Db,
  scan: Scan,
  { start, want }: { start: Place | null; want: number },
): Promise<Gone> {
  const hits: Place[] = [];
  let after = start;
  for (let scanned = 0; scanned < mostScanned; scanned += keysAtOnce) {
    const rows = await nextKeys(db, { prefix: scan.prefix, after }).execute();
    const places = rows.map((row) => ({ key: row.key, userName: row.user_name }));
    hits.push(...(await thoseThatFit(db, scan, places)));
    if (hits.length >= want) return { hits: hits.slice(0, want), stopped: null };
    if (places.length < keysAtOnce) return { hits, stopped: null };
    after = places.at(-1) ?? after;
  }
  return { hits, stopped: after };
}

/** A person is given once, at the first of the keys with the prefix. */
async function thoseThatFit(db: Db, { prefix, also, given }: Scan, places: Place[]): Promise<Place[]> {
  if (places.length === 0) return [];
  const names = [...new Set(places.map(({ userName }) => userName))];
  const rows = await db
    .selectFrom('search_keys')
    .select(['user_name', 'key'])
    .where('user_name', 'in', names)
    .orderBy('user_name')
    .orderBy('key')
    .execute();
  const keysOf = Map.groupBy(rows, (row) => row.user_name);
  return places.filter(({ key, userName }) => {
    const keys = (keysOf.get(userName) ?? []).map((row) => row.key);
    const begins = (word: string) => keys.some((one) => one.startsWith(word));
    const isFirst = keys.find((one) => one.startsWith(prefix)) === key;
    return isFirst && also.every(begins) && !(given !== null && begins(given));
  });
}
