import type { Config } from '../../config/config.ts';
import type { Time } from '../../store/schema.ts';

/** What a check found: in order, worth knowing, or a fault with how to mend it. No secret is in it. */
export type Finding =
  | { state: 'good' | 'hint'; what: string }
  | { state: 'fault'; what: string; mend: string };

/** What is examined. */
export interface Examined {
  config: Config;
  now(): Time;
}

/** One thing that can be looked at by itself; what it throws counts as a fault. */
export interface Check {
  name: string;
  run(examined: Examined): Promise<Finding[]>;
}

/** In order. */
export function good(what: string): Finding {
  return { state: 'good', what };
}

/** Worth knowing. */
export function hint(what: string): Finding {
  return { state: 'hint', what };
}

/** A fault, and how to mend it. */
export function fault(what: string, mend: string): Finding {
  return { state: 'fault', what, mend };
}

/** The kind of a surprise without its text, which may quote a password or an address. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  const code = 'code' in error ? error.code : cause instanceof Error && 'code' in cause ? cause.code : '';
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : error.name;
}
