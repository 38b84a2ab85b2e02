import { foldCase } from './fold-case.ts';

const longestInput = 200;
const shortest = 3;
const longest = 40;

/** Why a text is no answer. */
export type AnswerProblem = 'answer-empty' | 'answer-too-short' | 'answer-too-long';

/** A text with spaces, case, width and the marks that keyboards change by themselves made one; idempotent. */
export function normaliseText(text: string): string {
  // NFKC turns some marks into a space with an accent: hence once more.
  return plainMarks(foldCase(plainMarks(text)));
}

/**
 * Gives the form in which answers are compared and hashed: 3–40 characters as people count them (S69).
 * More than 200 UTF-16 units are refused before any work is done; never throws.
 */
export function normaliseAnswer(
  text: string,
): { result: 'answer'; normalised: string } | { result: AnswerProblem } {
  if (text.length > longestInput) return { result: 'answer-too-long' };
  const normalised = normaliseText(text);
  if (normalised === '') return { result: 'answer-empty' };
  const length = [...new Intl.Segmenter().segment(normalised)].length;
  if (length < shortest) return { result: 'answer-too-short' };
  return length > longest ? { result: 'answer-too-long' } : { result: 'answer', normalised };
}

/** Phones type curly quotes and long dashes where another keyboard types plain ones: both are the same answer. */
function plainMarks(text: string): string {
  return text
    .replace(/[\u2018\u2019\u201b\u02bc\u0060\u00b4]/gu, "'")
    .replace(/[\u201c-\u201f]/gu, '"')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
