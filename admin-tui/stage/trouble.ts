/** What went wrong with the door: it refused, the session is over, or nobody answered. */
export type Trouble =
  | { trouble: 'refused'; message: string; field: string | undefined }
  | { trouble: 'ended'; message: string }
  | { trouble: 'lost'; message: string };
