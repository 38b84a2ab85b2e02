/** Which blocks of lines are seen in this height: the screenful that holds the chosen one, as one turns pages. */
export function windowOf(
  heights: readonly number[],
  chosen: number,
  height: number,
): { from: number; to: number } {
  let from = 0;
  let used = 0;
  for (const [index, each] of heights.entries()) {
    if (used + each > height && used > 0) {
      if (index > chosen) return { from, to: index };
      from = index;
      used = 0;
    }
    used += each;
  }
  return { from, to: heights.length };
}
