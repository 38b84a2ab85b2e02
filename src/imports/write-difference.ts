import { recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import type { Deps } from '../deps.ts';
import { raiseRevision } from '../people/administer.ts';
import { changePerson } from '../people/change-person.ts';
import { refreshFacts } from '../registrations/facts.ts';
import { fillInMethod, replaceOfficePhone } from '../registrations/filled-in.ts';
import type { Db } from '../store/schema.ts';
import type { Difference } from './judge.ts';
import type { FilledInKind } from './known.ts';
import type { ImportedBy } from './write-new.ts';

/**
 * Makes somebody known as a row wants them, in the transaction given, by the same rules that an administrator's change
 * of one person follows: disabling ends sessions, another office phone ends its proof, what was proven stays.
 */
export async function writeDifference(
  tx: Db,
  deps: Deps,
  { difference, by }: { difference: Difference; by: ImportedBy },
): Promise<void> {
  const inside = { ...deps, db: tx };
  const { person, change, officePhone } = difference;
  const { actor } = by;
  const changed = await changePerson(inside, { person, actor, change });
  if (changed.result === 'changed') await raiseRevision(tx, person.id);
  if (officePhone !== undefined) await replaceOfficePhone(inside, { person, actor, officePhone });
  for (const { method, consent } of difference.fillIns)
    await fillInMethod(inside, { person, actor, method, consent: { ...consent, recordedBy: actor.id } });
  for (const kind of difference.clears) await clearFilledIn(tx, deps, { difference, by, kind });
}

/** Takes away what was filled in and never proven: it counted for nothing, so nobody needs to be told. */
async function clearFilledIn(
  tx: Db,
  deps: Deps,
  { difference, by, kind }: { difference: Difference; by: ImportedBy; kind: FilledInKind },
): Promise<void> {
  const { id } = difference.person;
  const { numDeletedRows } = await tx
    .deleteFrom('registrations')
    .where('person_id', '=', id)
    .where('method', '=', kind)
    .where('proven_at', 'is', null)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return;
  await cancelChallenges(tx, deps.now(), { personId: id, method: kind });
  await refreshFacts(tx, deps, id);
  await raiseRevision(tx, id);
  await recordEvent(tx, deps.now(), {
    event: 'method-removed',
    actor: by.actor,
    subject: id,
    details: { method: kind, filledIn: true },
  });
}
