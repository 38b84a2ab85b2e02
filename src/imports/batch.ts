import { setTimeout } from 'node:timers/promises';
import { type Deps, inTransaction } from '../deps.ts';
import { TooBusy } from '../secrets/bounded-queue.ts';
import { newPassword } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import type { Outcome } from './import.ts';
import { judgeRow, type Verdict } from './judge.ts';
import { readKnown } from './known.ts';
import { describeProblem, type RowProblem } from './problem.ts';
import type { ReadRow } from './row.ts';
import type { RowRules } from './rules.ts';
import { writeDifference } from './write-difference.ts';
import { type ImportedBy, NamesTaken, newcomerOf, writeNewcomers } from './write-new.ts';

/** What came of one row: remarks say what was wrong, or what was left out. */
export interface RowResult {
  line: number;
  userName: string;
  outcome: Outcome;
  problems: RowProblem[];
  firstPassword: string | null;
}

interface Judged {
  read: ReadRow;
  verdict: Verdict;
}

/** A one-time password that was made for somebody new, and its hash. */
type Passwords = ReadonlyMap<string, { password: string; hash: string }>;

/** Judges rows by what is in the database; writes nothing. */
export async function judgeRows(
  deps: Deps,
  db: Db,
  { rows, rules }: { rows: readonly ReadRow[]; rules: RowRules },
): Promise<Judged[]> {
  const names = rows.flatMap((read) => (read.result === 'row' ? [read.row.userName] : []));
  const known = await readKnown({ db, sealing: deps.secrets.sealing }, names);
  return rows.map((read) => ({
    read,
    verdict:
      read.result === 'row'
        ? judgeRow(rules, read.row, known.get(read.row.userName))
        : { outcome: 'refused', problems: read.problems },
  }));
}

/** Tells of each row what was, or would be, done with it. */
export function resultsOf(judged: readonly Judged[], passwords?: Passwords): RowResult[] {
  return judged.map(({ read, verdict }) => {
    const { line, userName } = read.result === 'row' ? read.row : read;
    return {
      line,
      userName,
      outcome: verdict.outcome,
      problems: verdict.outcome === 'refused' ? verdict.problems : verdict.notes,
      firstPassword: verdict.outcome === 'created' ? (passwords?.get(userName)?.password ?? null) : null,
    };
  });
}

/** Writes in words what was remarked of a row. */
export function remarksOf(language: Language, { problems }: RowResult): string {
  return problems.map((problem) => describeProblem(language, problem)).join(' ');
}

/** What writing a batch needs besides its rows; `keep` writes what came of it, in the same transaction. */
export interface Writing {
  rows: readonly ReadRow[];
  rules: RowRules;
  by: ImportedBy;
  firstPasswords: boolean;
  stop: AbortSignal;
  keep(tx: Db, results: RowResult[]): Promise<void>;
}

/** Writes a batch, whole or not at all, judged anew in the transaction that writes it. */
export async function writeBatch(deps: Deps, writing: Writing): Promise<void> {
  const passwords = writing.firstPasswords ? await makePasswords(deps, writing) : new Map();
  for (let tries = 1; ; tries += 1) {
    try {
      await inTransaction(deps.db, (tx) => writeJudged(tx, deps, { writing, passwords }));
      return;
    } catch (error) {
      if (!(error instanceof NamesTaken) || tries === 3) throw error;
    }
  }
}

async function writeJudged(
  tx: Db,
  deps: Deps,
  { writing, passwords }: { writing: Writing; passwords: Passwords },
): Promise<void> {
  const { by } = writing;
  const judged = await judgeRows(deps, tx, writing);
  const newcomers = judged.flatMap(({ verdict }) =>
    verdict.outcome === 'created'
      ? [newcomerOf(verdict.fresh, passwords.get(verdict.fresh.userName)?.hash)]
      : [],
  );
  await writeNewcomers(tx, deps, { newcomers, by });
  for (const { verdict } of judged)
    if ('difference' in verdict) await writeDifference(tx, deps, { difference: verdict.difference, by });
  await writing.keep(tx, resultsOf(judged, passwords));
}

/** Hashes one at a time, behind whoever is signing in, and waits while the house is full. */
async function makePasswords(deps: Deps, writing: Writing): Promise<Passwords> {
  const made = new Map<string, { password: string; hash: string }>();
  for (const { verdict } of await judgeRows(deps, deps.db, writing)) {
    if (verdict.outcome !== 'created') continue;
    const password = newPassword();
    made.set(verdict.fresh.userName, { password, hash: await hashPatiently(deps, password, writing.stop) });
  }
  return made;
}

const patience = 250;

async function hashPatiently({ secrets }: Deps, password: string, stop: AbortSignal): Promise<string> {
  for (;;) {
    stop.throwIfAborted();
    try {
      return await secrets.hashing.hashPassword(password);
    } catch (error) {
      if (!(error instanceof TooBusy)) throw error;
      await setTimeout(patience);
    }
  }
}
