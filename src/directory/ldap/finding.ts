/** What was found of one thing: as it should be, or a fault and how to mend it. No secret is in it. */
export type Finding = { state: 'good'; what: string } | { state: 'fault'; what: string; mend: string };

/** As it should be. */
export function good(what: string): Finding {
  return { state: 'good', what };
}

/** A fault, and how to mend it. */
export function fault(what: string, mend: string): Finding {
  return { state: 'fault', what, mend };
}
