import { type ProvenKind, provenBits, provenKinds } from '../people/status.ts';
import type { Db, Time } from '../store/schema.ts';

interface ProvenRow {
  method: string;
  destination: string;
  checked_at: Time | null;
}

/** Methods with the same destination count once (S12). */
function provenMethods(rows: ProvenRow[]): number {
  const seen = new Set<string>();
  let bits = 0;
  for (const kind of provenKinds) {
    const row = rows.find(({ method }) => method === kind);
    if (!row || seen.has(row.destination)) continue;
    seen.add(row.destination);
    bits |= provenBits[kind satisfies ProvenKind];
  }
  return bits;
}

/**
 * Writes into the person's row what follows from the methods: which are proven, how many questions, the oldest check.
 * Every change of a method calls it in its own transaction. A demanded check is done once all are checked after it.
 */
export async function refreshFacts(tx: Db, personId: string): Promise<void> {
  const rows = await tx
    .selectFrom('registrations')
    .select(['method', 'destination', 'checked_at'])
    .where('person_id', '=', personId)
    .where('proven_at', 'is not', null)
    .execute();
  const answers = await tx
    .selectFrom('answers')
    .select('checked_at')
    .where('person_id', '=', personId)
    .execute();
  const checks = [...rows, ...answers].map((row) => row.checked_at).filter((at) => at !== null);
  const last_check_at = checks.length > 0 ? Math.min(...checks) : null;
  await tx
    .updateTable('people')
    .set({ proven_methods: provenMethods(rows), question_count: answers.length, last_check_at })
    .where('id', '=', personId)
    .execute();
  await tx
    .updateTable('people')
    .set({ demanded_at: null })
    .where('id', '=', personId)
    .where('demanded_at', '<=', last_check_at ?? -1)
    .execute();
}
