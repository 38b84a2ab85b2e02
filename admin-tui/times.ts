/** The day of a moment (ISO 8601) as it is written everywhere: `2026-11-01`. */
export function dateOf(iso: string): string {
  return iso.slice(0, 10);
}

/** A moment to the minute, in UTC and saying so: `2026-11-01 12:00 UTC`. */
export function timeOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
