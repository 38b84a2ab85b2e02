import type { Do, ListScreen } from '../stage/screen.ts';

interface Question {
  title: string;
  intro: readonly string[];
  answers: readonly { label: string; do: Do }[];
}

/** A question with a few answers; the first is the one that changes nothing. */
export function askScreen({ title, intro, answers }: Question): ListScreen {
  const rows = answers.map(({ label, do: open }) => ({ cells: [label], open }));
  return { kind: 'list', title, asks: true, page: { intro, rows } };
}
