import type { Generated } from 'kysely';
import type { Sealed, Time } from './values.ts';

/* Imports of people, and what came of each row. */

export interface ImportsTable {
  id: string;
  file_name: string;
  /** Bytes of the uploaded file. */
  bytes: number;
  /** As detected when it was uploaded. */
  encoding: string;
  /** JSON of what the administrator chose. */
  settings: string;
  uploaded_by: string;
  uploaded_at: Time;
  /** In which the result is worded. */
  language: string;
  /** `uploaded`, `checking`, `checked`, `running`, `done`, `cancelled`, `interrupted` or `failed`. */
  state: string;
  stop_asked: Generated<number>;
  /** When the work under way, or the last, began. */
  started_at: Time | null;
  /** When a batch was last finished. */
  alive_at: Time | null;
  finished_at: Time | null;
  /** Rows that were done when this work began: it goes on behind them. */
  rows_before: Generated<number>;
  rows_done: Generated<number>;
  bytes_done: Generated<number>;
  /** The line of the last row that was done. */
  last_line: Generated<number>;
  /** Rows in the file, once a dry run has counted them. */
  rows_total: number | null;
  /** JSON of how many rows had which outcome. */
  totals: string;
  /** JSON of the first problems. */
  problems: string;
}

export interface ImportResultsTable {
  import_id: string;
  part: number;
  /** Rows of CSV: one-time passwords may be among them. */
  lines: Sealed;
}
