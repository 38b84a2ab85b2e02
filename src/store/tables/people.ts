import type { Generated } from 'kysely';
import type { Sealed, Time } from './values.ts';

/* What stands of people: who they are, what they have proven, and their accounts in the embedded directory. */

export interface PeopleTable {
  id: string;
  user_name: string;
  display_name: string;
  language: string | null;
  work_mailbox: Sealed | null;
  /** JSON `{number, extension}`; only administrators set it. */
  office_phone: Sealed | null;
  appeared_at: Time;
  disabled_at: Time | null;
  last_sign_in_at: Time | null;
  /** Raised by whatever must end every session; a session of an earlier epoch is over. */
  session_epoch: number;
  /** Which methods are proven, as the bits of `people/proven.ts`; equal destinations count once. */
  proven_methods: number;
  question_count: number;
  /** How many phones and addresses an administrator has filled in that are not proven. */
  filled_in: Generated<number>;
  /** The oldest of the last checks of the proven methods. */
  last_check_at: Time | null;
  demanded_at: Time | null;
  /** When registration was first asked at sign-in: from here the postpone days run. */
  first_asked_at: Time | null;
  postponed_until: Time | null;
  /** Since when signing in and resetting are blocked, until an administrator lifts it; null: not blocked. */
  blocked_at: Time | null;
  blocked_why: string | null;
  /** Raised by every change of an administrator, so that two of them do not undo each other unseen. */
  revision: Generated<number>;
  /** By what a directory elsewhere knows the person for good; null for who was never seen there. */
  directory_id: Generated<string | null>;
}

export interface DirectorySeenTable {
  directory_id: string;
  /** The look at everybody that saw this account last. */
  run: Time;
}

export interface MembershipsTable {
  person_id: string;
  group_name: string;
  /** That of the person, beside the group so that its members can be paged in order; every writer sets it. */
  user_name: string | null;
}

export interface SearchKeysTable {
  user_name: string;
  /** A folded word of the display name, the whole of it, or the user name (`people/search-keys.ts`). */
  key: string;
}

export interface EmbeddedAccountsTable {
  user_name: string;
  password_hash: string;
  /** 1: the password was generated and must be changed before anything else. */
  one_time: number;
  changed_at: Time;
}

export interface RegistrationsTable {
  person_id: string;
  /** A kind of `methods/method.ts` that has a destination. */
  method: string;
  /** JSON of the addressed method. */
  value: Sealed;
  /** Keyed fingerprint of the destination, to ask equality without opening. */
  destination: string;
  /** null: filled in by an administrator, not proven. */
  proven_at: Time | null;
  checked_at: Time | null;
  /** JSON `{givenBy, givenAt, how, recordedBy}` of filled-in values. */
  consent: string | null;
}

export interface AnswersTable {
  person_id: string;
  /** 1 up to the number of questions the policy asks. */
  position: number;
  question_id: string;
  hash: string;
  /** The answer, sealed to the person's own public key. */
  sealed: string | null;
  given_at: Time;
  checked_at: Time;
}

export interface KeyPairsTable {
  person_id: string;
  public_key: string;
  wrapped_private_key: string;
  made_at: Time;
}
