/**
 * Gives the form in which texts that differ only in case or width are equal: NFKC, then full case folding.
 * Upper-casing in between makes ß and ss one (Straße, STRASSE), as Unicode’s full folding does; final ς is σ.
 */
export function foldCase(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
}
