import type { Generated, Kysely, Transaction } from 'kysely';

/** Milliseconds since 1970-01-01 UTC. */
export type Time = number;

/** A text that `secrets` sealed: opened only by who holds the keys and names the same table, person and column. */
export type Sealed = string;

interface MetaTable {
  name: string;
  value: string;
}

interface PeopleTable {
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
  /** The oldest of the last checks of the proven methods. */
  last_check_at: Time | null;
  demanded_at: Time | null;
  /** When registration was first asked at sign-in: from here the postpone days run. */
  first_asked_at: Time | null;
  postponed_until: Time | null;
}

interface MembershipsTable {
  person_id: string;
  group_name: string;
}

interface EmbeddedAccountsTable {
  user_name: string;
  password_hash: string;
  /** 1: the password was generated and must be changed before anything else. */
  one_time: number;
  changed_at: Time;
}

interface RegistrationsTable {
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

interface AnswersTable {
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

interface KeyPairsTable {
  person_id: string;
  public_key: string;
  wrapped_private_key: string;
  made_at: Time;
}

interface ChallengesTable {
  id: string;
  person_id: string;
  purpose: string;
  method: string;
  /** JSON of the addressed method it will prove. */
  value: Sealed;
  destination: string;
  key_id: string;
  language: string;
  created_at: Time;
  expires_at: Time;
  tries: number;
  /** When the code was last asked to be sent. */
  asked_at: Time;
  /** When the code was first handed to a transport; null: nobody can have it. */
  sent_at: Time | null;
  /** Until when the checks made at its step (password, code to a proven method) stand. */
  authorised_until: Time;
  ended_at: Time | null;
  /** `used`, `replaced`, `spent`, `given-up` or `cancelled`. */
  ended_as: string | null;
}

interface LimitsTable {
  key: string;
  state: string;
  forget_at: Time;
}

interface MessagesTable {
  id: string;
  person_id: string | null;
  /** A code's message carries its challenge, never the code. */
  challenge_id: string | null;
  channel: string;
  kind: string;
  /** JSON of what to send and where. */
  content: Sealed | null;
  created_at: Time;
  due_at: Time;
  attempts: number;
  lease_until: Time | null;
  /** `waiting`, `sent`, `dropped` or `given-up`. */
  state: string;
  finished_at: Time | null;
  failure: string | null;
}

interface AuditTable {
  seq: Generated<number>;
  at: Time;
  event: string;
  actor_kind: string;
  actor: string | null;
  subject: string | null;
  outcome: string;
  address: string | null;
  details: string;
}

interface PoliciesTable {
  version: number;
  at: Time;
  by: string;
  policy: string;
}

interface QuestionsTable {
  id: string;
  /** The key of a predefined question, or null for a custom one. */
  predefined: string | null;
  nl: string | null;
  en: string | null;
  position: number;
  created_at: Time;
  retired_at: Time | null;
}

interface SessionsTable {
  id: string;
  person_id: string | null;
  data: Sealed;
  expires_at: Time;
}

/** Every table, one interface each; the same on both engines. */
export interface Tables {
  meta: MetaTable;
  people: PeopleTable;
  memberships: MembershipsTable;
  embedded_accounts: EmbeddedAccountsTable;
  registrations: RegistrationsTable;
  answers: AnswersTable;
  key_pairs: KeyPairsTable;
  challenges: ChallengesTable;
  limits: LimitsTable;
  messages: MessagesTable;
  audit: AuditTable;
  policies: PoliciesTable;
  questions: QuestionsTable;
  sessions: SessionsTable;
}

export type Database = Kysely<Tables>;

/** The database, or a transaction on it: whoever only reads or writes rows takes this. */
export type Db = Kysely<Tables> | Transaction<Tables>;
