/** Tells whether the door refused something with this problem. */
export function isRefusal(error: unknown, problem: string): boolean {
  return error instanceof Error && 'problem' in error && error.problem === problem;
}
