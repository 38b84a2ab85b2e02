// The zeros of Arabic-Indic, Persian, Devanagari, Bengali and Thai; NFKC already turns full-width digits plain.
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

function plainDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const zero = zeros.find((candidate) => point >= candidate && point < candidate + 10);
  return zero === undefined ? character : String(point - zero);
}

/** Rewrites digits of other scripts as 0–9, odd spaces as spaces, and drops invisible characters that copying brings along. */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, plainDigit);
}
