import { ownAct, recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import type { ProvenKind } from '../people/status.ts';
import { refreshFacts } from './facts.ts';
import type { Doing } from './register-method.ts';

/** Keeps that the person says a method is still right, with the date; of the questions all but those at some places. */
export async function confirmMethod(
  deps: Deps,
  doing: Doing & { kind: ProvenKind | 'security-questions'; butPlaces?: readonly number[] },
): Promise<{ result: 'confirmed' | 'not-there' }> {
  const { person, kind, butPlaces = [] } = doing;
  return inTransaction(deps.db, async (tx) => {
    const checked = { checked_at: deps.now() };
    const { numUpdatedRows } =
      kind === 'security-questions'
        ? await tx
            .updateTable('answers')
            .set(checked)
            .where('person_id', '=', person.id)
            // Places begin at 1; an empty list is no SQL.
            .where('position', 'not in', [0, ...butPlaces])
            .executeTakeFirst()
        : await tx
            .updateTable('registrations')
            .set(checked)
            .where('person_id', '=', person.id)
            .where('method', '=', kind)
            .where('proven_at', 'is not', null)
            .executeTakeFirst();
    if (numUpdatedRows === 0n) return { result: 'not-there' };
    await refreshFacts(tx, deps, person.id);
    await recordEvent(tx, deps.now(), {
      event: 'method-checked',
      ...ownAct(person.id, doing.address),
      details: { method: kind },
    });
    return { result: 'confirmed' };
  });
}
