/** Milliseconds since 1970-01-01 UTC. */
export type Time = number;

/** A text that `secrets` sealed: opened only by who holds the keys and names the same table, person and column. */
export type Sealed = string;
