import type { Kysely, Transaction } from 'kysely';
import type { AccessCodesTable } from './tables/access-codes.ts';
import type {
  AdministratorGatesTable,
  AdministratorInvitationsTable,
  AdministratorRecoveriesTable,
  AdministratorSessionsTable,
  AdministratorsTable,
  ApiTokensTable,
} from './tables/administrators.ts';
import type { AuditSealsTable } from './tables/audit-seals.ts';
import type { AuditTable, LimitsTable, MetaTable, PoliciesTable, QuestionsTable } from './tables/house.ts';
import type { ImportResultsTable, ImportsTable } from './tables/imports.ts';
import type { StopLinksTable, WaitingChangesTable } from './tables/links.ts';
import type {
  AnswersTable,
  DirectorySeenTable,
  EmbeddedAccountsTable,
  KeyPairsTable,
  MembershipsTable,
  PeopleTable,
  RegistrationsTable,
  SearchKeysTable,
} from './tables/people.ts';
import type { LeasesTable, RemindersTable } from './tables/reminders.ts';
import type {
  DrawnQuestionsTable,
  PasswordIntentsTable,
  ResetAsksTable,
  ResetsTable,
} from './tables/resets.ts';
import type { SentTallyTable } from './tables/sent-tally.ts';
import type { ChallengesTable, MessagesTable, SessionsTable } from './tables/traffic.ts';

export type { Sealed, Time } from './tables/values.ts';

/** Every table, one interface each; the same on both engines. */
export interface Tables {
  meta: MetaTable;
  people: PeopleTable;
  directory_seen: DirectorySeenTable;
  memberships: MembershipsTable;
  search_keys: SearchKeysTable;
  embedded_accounts: EmbeddedAccountsTable;
  registrations: RegistrationsTable;
  answers: AnswersTable;
  key_pairs: KeyPairsTable;
  challenges: ChallengesTable;
  limits: LimitsTable;
  messages: MessagesTable;
  sent_tally: SentTallyTable;
  audit: AuditTable;
  audit_seals: AuditSealsTable;
  policies: PoliciesTable;
  questions: QuestionsTable;
  imports: ImportsTable;
  import_results: ImportResultsTable;
  sessions: SessionsTable;
  reminders: RemindersTable;
  leases: LeasesTable;
  administrators: AdministratorsTable;
  administrator_invitations: AdministratorInvitationsTable;
  administrator_recoveries: AdministratorRecoveriesTable;
  administrator_sessions: AdministratorSessionsTable;
  administrator_gates: AdministratorGatesTable;
  api_tokens: ApiTokensTable;
  stop_links: StopLinksTable;
  waiting_changes: WaitingChangesTable;
  access_codes: AccessCodesTable;
  resets: ResetsTable;
  reset_asks: ResetAsksTable;
  password_intents: PasswordIntentsTable;
  drawn_questions: DrawnQuestionsTable;
}

export type Database = Kysely<Tables>;

/** The database, or a transaction on it: whoever only reads or writes rows takes this. */
export type Db = Kysely<Tables> | Transaction<Tables>;
