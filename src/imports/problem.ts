import type { Language } from '../words/languages.ts';
import { type Words, wordsOf } from '../words/words.ts';

type Own = Words['imports']['problems'];
type Detailed = Words['imports']['detailed'];

/** The name of what is wrong with a row: a key of the words of imports, of administrators or of people. */
export type RowProblemCode = keyof Own | keyof Words['admin']['problems'] | keyof Words['problems'];

/** What is wrong with a row and can be put right in the file, with the header of its column if it is in one. */
export type RowProblem =
  | { code: RowProblemCode; column: string | null }
  | { code: keyof Detailed; column: string | null; detail: number };

/** Says a problem and how to mend it, in the words for administrators where there are such. */
export function describeProblem(language: Language, problem: RowProblem): string {
  const { imports, admin, problems } = wordsOf(language);
  const wordings: Record<string, string> = { ...problems, ...admin.problems, ...imports.problems };
  const sentence =
    'detail' in problem
      ? imports.detailed[problem.code](problem.detail)
      : (wordings[problem.code] ?? admin.problems['not-valid']);
  return problem.column === null ? sentence : imports.atColumn(problem.column, sentence);
}
