/** Controls, line breaks, halves of characters and marks that turn the writing direction: never part of a name. */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Tells whether a text is one line that shows what it holds. */
export function isPlainText(text: string): boolean {
  return !unfit.test(text);
}
