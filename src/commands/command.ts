import type { Writable } from 'node:stream';
import type { Time } from '../store/schema.ts';

/** What a command is handed of the process that it runs in. */
export interface Call {
  /** What stands behind the command's name. */
  args: readonly string[];
  now(): Time;
  /** Data goes out here, remarks to `say`. */
  out: Writable;
  say(line: string): void;
}

/** Does what was asked and gives the exit code: 0 done, 1 refused or failed, 2 typed wrongly. */
export type Command = (call: Call) => Promise<number>;
