/** PostgreSQL's own codes (appendix A of its manual): a NUL, which it keeps in no text (22021), as text and within JSON (22P05). */
const ofText = /^(22021|22P05)$/;

/** Whether the database refused a text that was typed, such as one with a NUL: the asker's fault, and nothing is kept. */
export function isRefusedText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ofText.test(String(error.code));
}
