/** A browser of text alone, as a person uses it: by the words on the page. */
export interface TextBrowser {
  open(url: string): Promise<void>;
  /** Types into the field after this label, over what stands there. */
  fill(label: string, value: string): Promise<void>;
  /** Chooses the radio button with this label. */
  choose(label: string): Promise<void>;
  press(button: string): Promise<void>;
  follow(link: string): Promise<void>;
  /** Waits until the page says this. */
  see(words: string): Promise<string>;
  close(): Promise<void>;
}

/** The number that the browser gave to what comes first at or after these words, on a page that numbers all there is. */
export function numberAfter(page: string, words: string, mark: RegExp): number {
  const from = page.indexOf(words);
  const found = from < 0 ? null : mark.exec(page.slice(from + words.length));
  if (!found?.[1]) throw new Error(`Nothing to fill in after “${words}” on:\n${page}`);
  return Number(found[1]);
}

/** The number in front of these words. */
export function numberBefore(page: string, words: string): number {
  const line = page.split('\n').findLast((one) => one.endsWith(words) && /\[\d+\]/.test(one));
  const found = line === undefined ? null : /.*\[(\d+)\]/.exec(line);
  if (!found?.[1]) throw new Error(`“${words}” can’t be chosen on:\n${page}`);
  return Number(found[1]);
}
