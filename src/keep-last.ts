/** Keeps what was made of the keys asked for last: at least `most` of them, at most twice as many. */
export function keepLast<K extends string | number, T>(most: number, make: (key: K) => T): (key: K) => T {
  let [newer, older] = [new Map<K, T>(), new Map<K, T>()];
  return (key) => {
    const kept = newer.get(key);
    if (kept !== undefined) return kept;
    const made = older.get(key) ?? make(key);
    if (newer.size >= most) [newer, older] = [new Map(), newer];
    newer.set(key, made);
    return made;
  };
}
