/** Brings the name of an administrator into its one normal form. */
export function normaliseName(typed: string): string {
  return typed.slice(0, 200).normalize('NFKC').trim().toLowerCase();
}

/** Tells whether a normal form may be an administrator's name: plain letters and digits, so that none looks like another. */
export function isName(normal: string): boolean {
  return /^[a-z0-9][a-z0-9._@+-]{1,99}$/.test(normal);
}
