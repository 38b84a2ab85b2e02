import type { Time } from '../store/schema.ts';
import type { Import } from './import.ts';

/** How far an import is; times are in seconds, and null as long as they cannot be told. */
export interface Progress {
  rowsDone: number;
  rowsTotal: number | null;
  /** From 0 to 1, by the rows when they have been counted, else by the bytes. */
  share: number;
  rowsPerSecond: number | null;
  secondsLeft: number | null;
  lastLine: number;
}

/** Reckons how far an import is and how long it will take: by the rate of the work under way, or of the last. */
export function progressOf(one: Import, now: Time): Progress {
  const { rowsDone, rowsTotal, lastLine, startedAt } = one;
  const share = shareOf(one);
  const until = one.finishedAt ?? now;
  const seconds = startedAt === null ? 0 : (until - startedAt) / 1000;
  const fresh = rowsDone - one.rowsBefore;
  const rowsPerSecond = seconds > 0 && fresh > 0 ? fresh / seconds : null;
  const rowsLeft = share > 0 ? rowsDone / share - rowsDone : null;
  const secondsLeft = rowsPerSecond === null || rowsLeft === null ? null : rowsLeft / rowsPerSecond;
  return { rowsDone, rowsTotal, share, rowsPerSecond, secondsLeft, lastLine };
}

function shareOf({ rowsDone, rowsTotal, bytesDone, bytes }: Import): number {
  if (rowsTotal !== null) return rowsTotal === 0 ? 1 : Math.min(1, rowsDone / rowsTotal);
  return bytes === 0 ? 0 : Math.min(1, bytesDone / bytes);
}
