/** Nobody can be told from anybody else now: the store of sessions does not answer; try again after so many seconds. */
export class SessionsAway extends Error {
  override readonly name = 'SessionsAway';
  readonly retryAfterSeconds = 5;
}
