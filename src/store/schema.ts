import type { Kysely, Transaction } from 'kysely';
import type { AuditTable, LimitsTable, MetaTable, PoliciesTable, QuestionsTable } from './tables/house.ts';
import type {
  AnswersTable,
  EmbeddedAccountsTable,
  KeyPairsTable,
  MembershipsTable,
  PeopleTable,
  RegistrationsTable,
} from './tables/people.ts';
import type { ChallengesTable, MessagesTable, SessionsTable } from './tables/traffic.ts';

export type { Sealed, Time } from './tables/values.ts';

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
