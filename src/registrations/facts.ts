import { type ProvenKind, provenBits, provenKinds } from '../people/status.ts';
import type { Db, Time } from '../store/schema.ts';

interface MethodRow {
  method: string;
  destination: string;
  proven_at: Time | null;
  checked_at: Time | null;
}

/** Methods with the same destination count once (S12). */
function provenMethods(rows: MethodRow[]): number {
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
 * Writes into the person's row what follows from the methods: which are proven, how many questions, the oldest check,
 * how many are only filled in.
 * Every change of a method calls it in its own transaction. A demanded check is done once all are checked after it.
 */
export async function refreshFacts(tx: Db, personId: string): Promise<void> {
  const registrations = await tx
    .selectFrom('registrations')
    .select(['method', 'destination', 'proven_at', 'checked_at'])
    .where('person_id', '=', personId)
    .execute();
  const rows = registrations.filter(({ proven_at }) => proven_at !== null);
  const answers = await tx
    .selectFrom('answers')
    .select('checked_at')
    .where('person_id', '=', personId)
    .execute();
  const checks = [...rows, ...answers].map((row) => row.checked_at).filter((at) => at !== null);
  const last_check_at = checks.length > 0 ? Math.min(...checks) : null;
  await tx
    .updateTable('people')
    .set({
      proven_methods: provenMethods(rows),
      question_count: answers.length,
      filled_in: registrations.length - rows.length,
      last_check_at,
    })
    .where('id', '=', personId)
    .execute();
  await tx
    .updateTable('people')
    .set({ demanded_at: null })
    .where('id', '=', personId)
    .where('demanded_at', '<=', last_check_at ?? -1)
    .execute();
}
