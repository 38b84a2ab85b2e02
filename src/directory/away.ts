/** A directory elsewhere does not answer, or not as it should; try again after so many seconds. */
export class DirectoryAway extends Error {
  override readonly name = 'DirectoryAway';
  readonly retryAfterSeconds = 10;
  /** Whether something may have been written before the line went dead. */
  readonly maybeWritten: boolean;

  constructor(cause: unknown, { maybeWritten = false } = {}) {
    super('The directory does not answer.', { cause });
    this.maybeWritten = maybeWritten;
  }
}
