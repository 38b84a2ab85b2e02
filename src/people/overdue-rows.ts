import { z } from 'zod';
import type { Time } from '../store/schema.ts';
import type { Turn } from './overdue-conditions.ts';
import type { Scan } from './overdue-scans.ts';
import type { Standing } from './stricter.ts';

/** Somebody found by a scan, with what its column holds. */
export interface Hit extends Standing {
  scan: Scan;
  userName: string;
  value: Time;
}

const always = [
  'people.user_name',
  'people.proven_methods',
  'people.question_count',
  'people.demanded_at',
] as const;

/** What is read of a row that any scan may have found. */
export const rowColumns = [...always, 'people.appeared_at', 'people.last_check_at'] as const;

/** What is read of a row that this scan has found: no more than its index carries. */
export function columnsOf({ column }: Scan) {
  return column === 'demanded_at' ? always : ([...always, `people.${column}`] as const);
}

const rowSchema = z.object({
  user_name: z.string(),
  proven_methods: z.number(),
  question_count: z.number(),
  appeared_at: z.number().nullish(),
  last_check_at: z.number().nullish(),
  demanded_at: z.number().nullable(),
});

type Row = z.infer<typeof rowSchema>;

function isOf({ column, standings }: Scan, row: Row): boolean {
  if (column === 'demanded_at' || row.demanded_at !== null)
    return column === 'demanded_at' && row.demanded_at !== null;
  return standings.some(
    (one) => one.provenMethods === row.proven_methods && one.questionCount === row.question_count,
  );
}

/** Tells of each row which scan has found it. */
export async function readHits(
  found: { execute(): Promise<unknown[]> },
  turns: readonly Turn[],
): Promise<Hit[]> {
  const rows = z.array(rowSchema).parse(await found.execute());
  return rows.flatMap((row) => {
    const scan = turns.find((turn) => isOf(turn.scan, row))?.scan;
    const value = scan ? row[scan.column] : null;
    if (!scan || value === null || value === undefined) return [];
    const standing = { provenMethods: row.proven_methods, questionCount: row.question_count };
    return [{ scan, userName: row.user_name, value, ...standing }];
  });
}
