/** The request itself is at fault; `status` is the page's, `kind` chooses its words. */
export class BadRequest extends Error {
  readonly status: 400 | 403 | 404 | 405 | 413;
  readonly kind: 'malformed' | 'forged' | 'no-cookies' | 'not-found' | 'not-allowed' | 'too-large';
  constructor(kind: BadRequest['kind']) {
    super(kind);
    this.name = 'BadRequest';
    this.kind = kind;
    const statuses = {
      malformed: 400,
      forged: 403,
      'no-cookies': 400,
      'not-found': 404,
      'not-allowed': 405,
      'too-large': 413,
    } as const;
    this.status = statuses[kind];
  }
}
