import type { Terminal } from './command.ts';
import { type ListedPerson, listCells, listHead } from './person-lines.ts';
import { plainJson } from './plain.ts';
import { columnWidths, tableLines } from './table.ts';

/** One page of people as the door gives it. */
export interface Page {
  people: ListedPerson[];
  next: string | null;
}

/** Writes people page by page as they come, as a table or as one JSON array; gives how many there were. */
export async function listPages(
  terminal: Terminal,
  json: boolean,
  pageAfter: (after: string) => Promise<Page>,
): Promise<number> {
  let seen = 0;
  let widths: number[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: Page = await pageAfter(next);
    next = page.next;
    if (json) {
      for (const person of page.people) terminal.out(`${seen++ === 0 ? '[' : ','}${plainJson(person)}`);
      continue;
    }
    const head = seen === 0 ? [listHead(terminal)] : [];
    const rows = [...head, ...page.people.map((person) => listCells(terminal, person))];
    widths = columnWidths(rows, widths);
    seen += page.people.length;
    if (page.people.length > 0) for (const line of tableLines(rows, widths)) terminal.out(line);
  }
  if (json) terminal.out(seen === 0 ? '[]' : ']');
  return seen;
}
