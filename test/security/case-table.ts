import { type CaseNumber, cases, casesOf } from './cases.ts';

/** A test that ran: its groups and its title, from the outside in, and how it ended. */
export interface RunTest {
  names: readonly string[];
  state: string;
}

interface Row {
  number: CaseNumber;
  words: string;
  passed: number;
  failed: number;
  /** Skipped, or not run to the end: a defence that nobody saw at work. */
  skipped: number;
}

const numbers = Object.keys(cases).flatMap((name) => casesOf([name]));

/** Counts the tests of each case. */
export function countCases(tests: readonly RunTest[]): Row[] {
  return numbers.map((number) => {
    const own = tests.filter(({ names }) => casesOf(names).includes(number));
    const passed = own.filter(({ state }) => state === 'passed').length;
    const failed = own.filter(({ state }) => state === 'failed').length;
    return { number, words: cases[number], passed, failed, skipped: own.length - passed - failed };
  });
}

/** How a case fared: it holds only when a test of it passed, and none failed. */
export function resultOf({ passed, failed, skipped }: Row): string {
  if (failed > 0) return `${failed} FAILED`;
  if (passed === 0) return skipped > 0 ? 'NOT RUN' : 'NO TEST';
  return skipped > 0 ? `holds, ${skipped} skipped` : 'holds';
}

/** Whether every case was shown to hold. */
export function allHold(rows: readonly Row[]): boolean {
  return rows.every(({ passed, failed }) => passed > 0 && failed === 0);
}

/** The table as people read it at the end of a run. */
export function tableOf(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ words }) => words.length));
  const lines = rows.map((row) => {
    const tests = String(row.passed + row.failed + row.skipped).padStart(5);
    return `${row.number}  ${row.words.padEnd(width)}  ${tests}  ${resultOf(row)}`;
  });
  return [`Case ${'attack'.padEnd(width)}  tests  result`, ...lines].join('\n');
}
