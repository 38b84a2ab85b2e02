import type { Selectable } from 'kysely';
import type { Deps } from '../deps.ts';
import { destinationKey } from '../methods/method.ts';
import { type ProvenKind, provenBits, provenKinds } from '../people/status.ts';
import { SealBroken } from '../secrets/sealing.ts';
import type { Db, Tables } from '../store/schema.ts';
import { registrationOf } from './registration.ts';

type MethodRow = Selectable<Tables['registrations']>;

/** A damaged value keeps nobody from changing their other methods: its fingerprint stands for it. */
function placeOf({ secrets }: Pick<Deps, 'secrets'>, row: MethodRow): string {
  try {
    return destinationKey(registrationOf(secrets, row).method);
  } catch (error) {
    if (error instanceof SealBroken) return row.destination;
    throw error;
  }
}

/** Methods with the same destination count once (S12). */
function provenMethods(rows: MethodRow[], placeOf: (row: MethodRow) => string): number {
  const seen = new Set<string>();
  let bits = 0;
  for (const kind of provenKinds) {
    const row = rows.find(({ method }) => method === kind);
    const place = row && placeOf(row);
    if (place === undefined || seen.has(place)) continue;
    seen.add(place);
    bits |= provenBits[kind satisfies ProvenKind];
  }
  return bits;
}

/**
 * Writes into the person's row what follows from the methods: which are proven, how many questions, the oldest check,
 * how many are only filled in.
 * Every change of a method calls it in its own transaction. A demanded check is done once all are checked after it.
 */
export async function refreshFacts(tx: Db, deps: Pick<Deps, 'secrets'>, personId: string): Promise<void> {
  const registrations = await tx
    .selectFrom('registrations')
    .selectAll()
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
      proven_methods: provenMethods(rows, (row) => placeOf(deps, row)),
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
