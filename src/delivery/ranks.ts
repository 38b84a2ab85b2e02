/** What goes first: codes, for which somebody waits; then notices; then reminders, of which there can be many. */
export const ranks = [0, 1, 2] as const;

/** The rank of a message of this kind. */
export function rankOf(kind: string): (typeof ranks)[number] {
  return kind === 'code' ? 0 : kind === 'reminder' ? 2 : 1;
}
