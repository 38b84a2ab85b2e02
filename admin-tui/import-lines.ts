import type { Language } from '../src/words/languages.ts';
import { wordsOf } from '../src/words/words.ts';
import type { Import, ImportLook } from './imports.ts';
import { plain } from './plain.ts';
import { tableLines } from './table.ts';

const longestExample = 30;

/** How a file is understood, as lines: its encoding and separator, and what is in each column. */
export function lookLines(language: Language, { look }: Pick<Import, 'look'>): string[] {
  if (!look) return [];
  const { terminal, encodings, separators } = wordsOf(language).imports;
  const head = [terminal.column, terminal.holds, terminal.example];
  return [
    terminal.detected(encodings[look.encoding], separators[look.separator]),
    ...tableLines([head, ...look.columns.map((_, index) => columnCells(language, look, index))]),
  ];
}

function columnCells(language: Language, { columns, sample }: ImportLook, index: number): string[] {
  const { fields } = wordsOf(language).imports;
  const column = columns[index];
  const example = sample?.map((row) => row[index] ?? '').find((cell) => cell !== '') ?? '';
  return [
    column?.header || `#${index + 1}`,
    column ? fields[column.field] : '',
    example.length > longestExample ? `${example.slice(0, longestExample - 1)}…` : example,
  ];
}

/** What came of the rows so far, as lines: how many of which outcome, and the first problems. */
export function importLines(language: Language, { state, totals, problems }: Import): string[] {
  const { terminal, outcomes } = wordsOf(language).imports;
  const numbers = new Intl.NumberFormat(language);
  const names = ['created', 'updated', 'disabled', 'same', 'refused'] as const;
  const counts = names.map((name) => `${numbers.format(totals[name])} ${outcomes[name]}`).join(', ');
  const told = problems.map(({ line, userName, message }) =>
    plain(terminal.problemLine(line, userName, message)),
  );
  return [
    state === 'checked' ? terminal.wouldBe(counts) : terminal.totals(counts),
    ...(told.length === 0 ? [] : [terminal.firstProblems(told.length), ...told.map((line) => `  ${line}`)]),
  ];
}

/** Says how an import ended, and where it stopped. */
export function outcomeWords(language: Language, { state, progress }: Import): string {
  const { terminal } = wordsOf(language).imports;
  switch (state) {
    case 'done':
      return terminal.done;
    case 'cancelled':
      return terminal.cancelled(progress.lastLine);
    case 'interrupted':
      return terminal.interrupted(progress.lastLine);
    default:
      return terminal.failed(progress.lastLine);
  }
}
