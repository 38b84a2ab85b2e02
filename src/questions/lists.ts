import { normaliseText } from '../methods/answer.ts';
import type { Db } from '../store/schema.ts';
import { type Question, readQuestions } from './questions.ts';

/** So many questions of the organisation's own can be approved at a time. */
const mostCustom = 20;

/** The texts of a question; at least one of them is there. */
export interface QuestionTexts {
  nl: string | null;
  en: string | null;
}

/** Whether a question may be chosen now. */
export function isApproved({ retiredAt }: Pick<Question, 'retiredAt'>): boolean {
  return retiredAt === null;
}

/** Whether there is no room for one more custom question. */
export function isFull(questions: readonly Question[]): boolean {
  return questions.filter((one) => isApproved(one) && one.predefined === null).length >= mostCustom;
}

function saysTheSame(one: QuestionTexts, other: QuestionTexts): boolean {
  const same = (a: string | null, b: string | null) =>
    a !== null && b !== null && normaliseText(a) === normaliseText(b);
  return same(one.nl, other.nl) || same(one.en, other.en);
}

/** Whether another approved question says the same in one of the languages. */
export function isThereAlready(
  questions: readonly Question[],
  texts: QuestionTexts,
  itself?: string,
): boolean {
  return questions.some((one) => one.id !== itself && isApproved(one) && saysTheSame(one, texts));
}

/** Writes the order of the questions: the place of each id is its place in the list. */
export async function writeOrder(tx: Db, ids: readonly string[]): Promise<void> {
  const rows = await tx.selectFrom('questions').select(['id', 'position']).execute();
  const known = new Map(rows.map(({ id, position }) => [id, position]));
  for (const [index, id] of ids.entries()) {
    const position = index + 1;
    if (known.get(id) === position) continue;
    await tx.updateTable('questions').set({ position }).where('id', '=', id).execute();
  }
}

/** Gives the ids in order, one of them moved to stand before another, or at the end. */
export async function orderWith(tx: Db, id: string, before: string | null): Promise<string[]> {
  const others = (await readQuestions(tx)).map((one) => one.id).filter((one) => one !== id);
  const at = before === null ? others.length : others.indexOf(before);
  return at < 0 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)];
}
