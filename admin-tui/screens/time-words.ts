import type { Words } from '../../src/words/words.ts';

/** So many seconds in words, no finer than one needs. */
export function timeWords({ seconds, minutes }: Words['screens']['stage'], count: number): string {
  return count < 90 ? seconds(Math.ceil(count)) : minutes(Math.round(count / 60));
}
