/** Controls and marks that turn the writing direction: a name must not be able to steer the terminal. */
const steering = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Makes a text safe to show on one line of a terminal. */
export function plain(text: string): string {
  return text.toWellFormed().replace(steering, '\ufffd');
}

/** Writes data as JSON that is safe to show in a terminal and means the same. */
export function plainJson(data: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(data, null, 2).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped);
}
