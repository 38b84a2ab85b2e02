import type { Report } from './report.ts';

/** A report as it came in, nothing of it believed yet. */
export interface Asked {
  /** Path and query, as they stood in the request line. */
  readonly target: string;
  readonly body: string;
  header(name: string): string | undefined;
}

/** What a reader made of it: a report, something signed that reports nothing final, or nothing that is signed. */
export type Read = { result: 'report'; report: Report } | { result: 'nothing' } | { result: 'refused' };

/** Reads what one kind of gateway sends; believes nothing that its secret does not vouch for. */
export type Reader = (asked: Asked) => Read;
