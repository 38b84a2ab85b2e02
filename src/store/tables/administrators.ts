import type { Generated } from 'kysely';
import type { Sealed, Time } from './values.ts';

/* Who administers: accounts, invitations, and the ways to come in. Tokens stand here as keyed fingerprints only. */

export interface AdministratorsTable {
  id: string;
  /** In normal form; unique among those that are not removed. */
  name: string;
  display_name: string;
  /** `administrator` or `helpdesk`. */
  role: string;
  mail: Sealed | null;
  language: string | null;
  password_hash: string;
  password_changed_at: Time;
  added_at: Time;
  /** null: the first one. */
  added_by: string | null;
  last_sign_in_at: Time | null;
  removed_at: Time | null;
  removed_by: string | null;
}

export interface AdministratorInvitationsTable {
  id: string;
  token: string;
  /** null: the first administrator, who chooses a name. */
  name: string | null;
  display_name: string | null;
  role: string;
  mail: Sealed | null;
  language: string | null;
  made_at: Time;
  made_by: string | null;
  expires_at: Time;
  /** Used, replaced or withdrawn. */
  ended_at: Time | null;
  /** The node whose start made it, for the first administrator. */
  made_on: Generated<string | null>;
}

export interface AdministratorSessionsTable {
  /** The fingerprint of its token. */
  id: string;
  administrator_id: string;
  via: string;
  made_at: Time;
  used_at: Time;
}

export interface AdministratorGatesTable {
  id: string;
  administrator_id: string;
  key_id: string;
  made_at: Time;
  expires_at: Time;
  tries: number;
  ended_at: Time | null;
}

export interface AdministratorRecoveriesTable {
  /** The fingerprint of the one-time token. */
  token: string;
  administrator_id: string;
  made_at: Time;
  expires_at: Time;
  /** Used, or replaced by a newer one. */
  ended_at: Time | null;
}

export interface ApiTokensTable {
  id: string;
  name: string;
  token: string;
  /** Scopes with spaces between. */
  scopes: string;
  made_by: string;
  made_at: Time;
  expires_at: Time;
  last_used_at: Time | null;
  revoked_at: Time | null;
  revoked_by: string | null;
}
