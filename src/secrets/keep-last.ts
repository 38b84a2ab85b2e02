/** Keeps what was made of the texts asked for last: at least `most` of them, at most twice as many. */
export function keepLast<T>(most: number, make: (text: string) => T): (text: string) => T {
  let [newer, older] = [new Map<string, T>(), new Map<string, T>()];
  return (text) => {
    const kept = newer.get(text);
    if (kept !== undefined) return kept;
    const made = older.get(text) ?? make(text);
    if (newer.size >= most) [newer, older] = [new Map(), newer];
    newer.set(text, made);
    return made;
  };
}
