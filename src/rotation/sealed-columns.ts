import { sql } from 'kysely';
import type { Db, Tables } from '../store/schema.ts';

/** A column whose values are sealed with a data key, and to whom each value is bound. */
export interface SealedColumn {
  readonly table: keyof Tables;
  readonly column: string;
  /** The column, or two of which the first that is not null, that the seal names as its person. */
  readonly boundTo: readonly string[];
  /** Beside the method that is sealed stands a fingerprint of its destination: it is made anew with it. */
  readonly fingerprinted?: true;
}

/** Every column that is sealed with a data key; what browsers' sessions hold is sealed with another and soon gone. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'people', column: 'work_mailbox', boundTo: ['id'] },
  { table: 'people', column: 'office_phone', boundTo: ['id'] },
  { table: 'registrations', column: 'value', boundTo: ['person_id'], fingerprinted: true },
  { table: 'challenges', column: 'value', boundTo: ['person_id'], fingerprinted: true },
  { table: 'messages', column: 'content', boundTo: ['person_id', 'id'] },
  { table: 'administrators', column: 'mail', boundTo: ['id'] },
  { table: 'administrator_invitations', column: 'mail', boundTo: ['id'] },
  { table: 'resets', column: 'user_name', boundTo: ['id'] },
  { table: 'reset_asks', column: 'value', boundTo: ['reset_id'], fingerprinted: true },
  { table: 'import_results', column: 'lines', boundTo: ['import_id'] },
];

/** How far one column is. */
export interface Progress {
  readonly table: string;
  readonly column: string;
  readonly done: number;
  readonly total: number;
}

/** Of a sealed column: whether it was sealed with this key. */
export function isSealedWith(column: string, keyId: string) {
  const start = `1.${keyId}.`;
  return sql<boolean>`substr(${sql.ref(column)}, 1, ${sql.lit(start.length)}) = ${start}`;
}

/** Whether a sealed column holds anything; a proof by answers has no destination, and so an empty one. */
export function isSealed(column: string) {
  return sql<boolean>`${sql.ref(column)} is not null and ${sql.ref(column)} <> ''`;
}

/** Counts, for every column, how many values there are and how many of them this key has sealed. */
export async function readProgress(db: Db, keyId: string): Promise<Progress[]> {
  const progress: Progress[] = [];
  for (const { table, column } of sealedColumns) {
    const { rows } = await sql<{ total: number | string; done: number | string }>`
      select count(*) as total, coalesce(sum(case when ${isSealedWith(column, keyId)} then 1 else 0 end), 0) as done
      from ${sql.table(table)} where ${isSealed(column)}`.execute(db);
    const [row] = rows;
    progress.push({ table, column, done: Number(row?.done ?? 0), total: Number(row?.total ?? 0) });
  }
  return progress;
}
