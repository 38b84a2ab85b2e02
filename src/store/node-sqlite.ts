import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { keepLast } from '../keep-last.ts';

/** How many statements are kept prepared. */
const mostStatements = 500;

function isInput(value: unknown): value is SQLInputValue {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  return isPlain || value === null || value instanceof Uint8Array;
}

/** By hand, since it is asked of every value of every statement: an import's rows pass here a million times. */
function parametersOf(parameters: ReadonlyArray<unknown>): readonly SQLInputValue[] {
  if (parameters.every(isInput)) return parameters;
  throw new TypeError('SQLite keeps numbers, texts and bytes only.');
}

function statementOf(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parametersOf(parameters)),
    run: (parameters) => statement.run(...parametersOf(parameters)),
    iterate: (parameters) => statement.iterate(...parametersOf(parameters)),
  };
}

/**
 * Opens an SQLite file through Node's own `node:sqlite`, in the shape Kysely asks for. Every commit is on the disk
 * before it is answered (WAL, `synchronous=FULL`). Statements are kept once prepared.
 */
export function openNodeSqlite(file: string): SqliteDatabase {
  const database = new DatabaseSync(file);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536;',
  );
  return {
    prepare: keepLast(mostStatements, (sql: string) => statementOf(database.prepare(sql))),
    close: () => database.close(),
  };
}
