import type { InferResponseType } from 'hono/client';
import type { Language } from '../src/words/languages.ts';
import { wordsOf } from '../src/words/words.ts';
import type { Door } from './api.ts';

type Sent = InferResponseType<Door['overview']['$get'], 200>['sent'];

/** What went out, one channel a row: how many today and this month, and their cost where it is known. */
export function sentRows(language: Language, { today, month }: Sent): string[][] {
  const { texts, calls, mails, ...words } = wordsOf(language).delivery.sent;
  const names = { text: texts, call: calls, mail: mails };
  return today.map((one, index) => [
    names[one.channel],
    `${countWords(language, one)} ${words.today}`,
    `${countWords(language, month[index] ?? one)} ${words.month}`,
  ]);
}

function countWords(language: Language, { count, costs }: Sent['today'][number]): string {
  const amounts = costs.map(({ currency, amount }) =>
    new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount),
  );
  const cost = amounts.length > 0 ? ` (${amounts.join(' + ')})` : '';
  return `${count}${cost}`;
}
