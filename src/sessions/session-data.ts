import type { Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';

/** A form that was refused, kept until the next post to its path, ten minutes at most; never a secret in it. */
export interface KeptForm {
  at: Time;
  problems: { field: string | null; text: string }[];
  /** The language in which the problems were said. */
  language?: Language | undefined;
  values: Record<string, string>;
  /** Whose session it outlived: a fingerprint of the person; empty for a form of nobody signed in. */
  owner?: string | undefined;
}

declare module 'express-session' {
  /** What a signed-in browser's row holds: ids and times, never a code or counter. */
  interface SessionData {
    personId?: string;
    /** The person's session epoch at sign-in; an older one has ended. */
    epoch?: number;
    signedInAt?: Time;
    /** When the password was last typed and right. */
    passwordAt?: Time;
    /** When a code to an already proven method was last typed and right. */
    identityAt?: Time;
    /** A one-time password was used, or one that has run out: another must be chosen before anything else. */
    mustChoosePassword?: 'one-time' | 'expired';
    /** The id of the access code this session came in with: only a password can be chosen. */
    accessCode?: string;
    /** The password was chosen with an access code: only registering anew is left to do. */
    registersOnly?: boolean;
    /** Which browser signed in, as far as its own words tell: names only. */
    browser?: string;
    /** The nonce of the browser's visit cookie at sign-in; forms are good for that browser only. */
    visit?: string;
    /** The newest challenge per step, by the name of its method or `identity`. */
    challenges?: Record<string, string>;
    /** The reset under way at this browser; whose it is stands in its row. */
    resetId?: string;
    /** The step that asked for a fresh check of identity. */
    authorityFor?: string;
    forms?: Record<string, KeptForm>;
    notice?: string;
  }
}

const minute = 60_000;

/** A session ends after this long without a request. */
export const idleLife = 15 * minute;
/** A session ends after this long in any case. */
export const longestLife = 8 * 60 * minute;
/** How long a typed password, or a code to a proven method, stands for changing methods (S65). */
export const authorityLife = 30 * minute;
