/** The longest user name that is read at all, in UTF-16 units. */
export const longestUserName = 256;

const allowed = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._@+'-]*$/u;
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

/**
 * Brings a user name into its one normal form: NFKC, lower case (the Turkish dotted capital I becomes a plain i),
 * no spaces around it and no trailing dots. After RFC 8265 (PRECIS, UsernameCaseMapped). Tags behind a plus stay.
 * A NUL, which no database need take, becomes a sign that no user name has.
 */
export function normaliseUserName(typed: string): string {
  return typed
    .slice(0, longestUserName)
    .replaceAll('\0', '\ufffd')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC')
    .trim()
    .replace(/[.\s]+$/, '');
}

/** Tells whether a normal form may become a user name: letters of one alphabet, digits and . _ @ + ' - (S42). */
export function isUserName(normal: string): boolean {
  const alphabets = scripts.filter((script) => script.test(normal)).length;
  return normal.length <= 100 && allowed.test(normal) && alphabets <= 1 && !normal.includes('\u0131');
}
