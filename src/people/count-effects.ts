import type { Terms } from '../policy/askings.ts';
import type { Db, Time } from '../store/schema.ts';
import { classesOf, type Terminus, terminusOf } from './classes.ts';
import { areFound, everybody, only, stand } from './overdue-measure.ts';
import { scansOfClass } from './overdue-scans.ts';
import { isCapable } from './status.ts';
import { standings } from './stricter.ts';
import { tally } from './tally.ts';

/** How many people another policy would change something for; who is disabled is not counted. */
export interface Effects {
  losesReset: number;
  gainsReset: number;
  becomesOverdue: number;
  noLongerOverdue: number;
  newlyEnabled: number;
  noLongerEnabled: number;
}

/** The terms in force and those that would be. */
export interface Change {
  from: Terms;
  to: Terms;
  now: Time;
}

interface Both {
  from: Terminus;
  to: Terminus;
}

/** Counts exactly what a change of policy does at this moment. Inside a transaction it is what the saving does. */
export async function countEffects(db: Db, change: Change): Promise<Effects> {
  const classes = classesOf((isInAny) => ({
    from: terminusOf(change.from, isInAny),
    to: terminusOf(change.to, isInAny),
  }));
  const count = await tally(
    db,
    classes.map(({ conditions, outcome }) => ({ conditions, measures: measuresOf(change, outcome) })),
  );
  return {
    losesReset: count('losesReset'),
    gainsReset: count('gainsReset'),
    becomesOverdue: count('becomesOverdue'),
    noLongerOverdue: count('noLongerOverdue'),
    newlyEnabled: count('newlyEnabled'),
    noLongerEnabled: count('noLongerEnabled'),
  };
}

function measuresOf(change: Change, { from, to }: Both) {
  const overdue = (terms: Terms, outcome: Terminus) =>
    areFound(scansOfClass(terms, { conditions: [], outcome }), change.now);
  const [before, after] = [overdue(change.from, from), overdue(change.to, to)];
  return {
    ...capable(from, to),
    becomesOverdue: only(after, before),
    noLongerOverdue: only(before, after),
    newlyEnabled: to.asked.enabled && !from.asked.enabled ? everybody() : undefined,
    noLongerEnabled: from.asked.enabled && !to.asked.enabled ? everybody() : undefined,
  };
}

function capable(from: Terminus, to: Terminus) {
  const changing = (one: Terminus, other: Terminus) =>
    stand(standings.filter((each) => isCapable(one.asked, each) && !isCapable(other.asked, each)));
  return { losesReset: changing(from, to), gainsReset: changing(to, from) };
}
