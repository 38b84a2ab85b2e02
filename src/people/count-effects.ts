import { expressionBuilder } from 'kysely';
import type { Terms } from '../policy/askings.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import { type Class, classesOf, type Terminus, terminusOf } from './classes.ts';
import { isDemanded, isPast, type Mark, markOf } from './overdue-measure.ts';
import { isCapable } from './status.ts';
import { type Standing, standings } from './stricter.ts';
import { type Measure, makeTallying, type Tally } from './tally.ts';

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
  })).filter(({ outcome }) => outcome.from.asked.enabled || outcome.to.asked.enabled);
  const measures = new Map<string, Measure>();
  for (const { outcome } of classes)
    for (const standing of standings) addMeasures(measures, marksOf(change, outcome, standing), change.now);
  const keys = [...measures.keys()];
  const tally = makeTallying(db, [...measures.values()]);
  const effects = { ...nothing };
  for (const each of classes)
    for (const found of await tally(each.conditions))
      addEffects(effects, change, { each, found, count: (key) => found.counts[keys.indexOf(key)] ?? 0 });
  return effects;
}

const nothing: Effects = {
  losesReset: 0,
  gainsReset: 0,
  becomesOverdue: 0,
  noLongerOverdue: 0,
  newlyEnabled: 0,
  noLongerEnabled: 0,
};

/** The marks before and after; who is past both is past the lower of two in one column. */
interface Marks {
  from: readonly Mark[];
  to: readonly Mark[];
  both: readonly Mark[];
}

function marksOf({ from, to, now }: Change, outcome: Both, standing: Standing): Marks {
  const [before, after] = [
    markOf(from, outcome.from, { standing, now }),
    markOf(to, outcome.to, { standing, now }),
  ];
  return {
    from: before ? [before] : [],
    to: after ? [after] : [],
    both: before && after ? lower(before, after) : [],
  };
}

function lower(one: Mark, other: Mark): Mark[] {
  if (one.column !== other.column) return one.column < other.column ? [one, other] : [other, one];
  return [one.until < other.until ? one : other];
}

const everybody = 'everybody';
const demanded = 'demanded';

function keyOf(marks: readonly Mark[]): string {
  return marks.map(({ column, until }) => `${column} ${until}`).join();
}

function addMeasures(measures: Map<string, Measure>, { from, to, both }: Marks, now: Time): void {
  measures.set(everybody, expressionBuilder<Tables, 'people'>().lit(true));
  measures.set(demanded, isDemanded(now));
  for (const marks of [from, to, both]) if (marks.length > 0) measures.set(keyOf(marks), isPast(marks));
}

interface Counted {
  each: Class<Both>;
  found: Tally;
  count(key: string): number;
}

function addEffects(effects: Effects, change: Change, { each, found, count }: Counted): void {
  const { from, to } = each.outcome;
  const marks = marksOf(change, each.outcome, found);
  const past = (some: readonly Mark[]) => (some.length === 0 ? 0 : count(keyOf(some)));
  const asked = (is: Terminus) => (is.asked.enabled ? count(demanded) : 0);
  const capable = [isCapable(from.asked, found), isCapable(to.asked, found)] as const;
  const all = count(everybody);
  effects.losesReset += capable[0] && !capable[1] ? all : 0;
  effects.gainsReset += capable[1] && !capable[0] ? all : 0;
  effects.newlyEnabled += to.asked.enabled && !from.asked.enabled ? all : 0;
  effects.noLongerEnabled += from.asked.enabled && !to.asked.enabled ? all : 0;
  effects.becomesOverdue += past(marks.to) - past(marks.both) + Math.max(0, asked(to) - asked(from));
  effects.noLongerOverdue += past(marks.from) - past(marks.both) + Math.max(0, asked(from) - asked(to));
}
