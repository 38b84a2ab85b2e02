import { expressionBuilder } from 'kysely';
import type { Terms } from '../policy/askings.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import { type Class, classesOf, type Terminus, terminusOf } from './classes.ts';
import { countFilledIn } from './count-filled-in.ts';
import type { OverdueReason } from './overdue.ts';
import { isDemanded, isPast, markOf } from './overdue-measure.ts';
import { isCapable, isRegistered } from './status.ts';
import { standings } from './stricter.ts';
import { type Measure, makeTallying, type Tally } from './tally.ts';

/** How many people there are of each kind. All but `total` and `disabled` are enabled by the policy and not disabled. */
export interface Overview {
  total: number;
  disabled: number;
  enabled: number;
  registered: number;
  ableToReset: number;
  /** Something proven, but not all that the policy asks. */
  partlyRegistered: number;
  /** With a phone or e-mail that an administrator filled in and that is not confirmed yet. */
  filledIn: number;
  overdue: Record<OverdueReason, number>;
}

/** Counts everybody at this moment, exactly. */
export async function countOverview(db: Db, terms: Terms, now: Time): Promise<Overview> {
  const overview = { ...(await countPeople(db)), ...nothing, overdue: { ...nobodyOverdue } };
  const classes = classesOf((isInAny) => terminusOf(terms, isInAny));
  const enabled = classes.filter(({ outcome }) => outcome.asked.enabled);
  const measures = new Map<string, Measure>([
    ['all', expressionBuilder<Tables, 'people'>().lit(true)],
    ['demanded', isDemanded(now)],
  ]);
  for (const { outcome } of enabled)
    for (const standing of standings) {
      const mark = markOf(terms, outcome, { standing, now });
      if (mark) measures.set(mark.column, isPast([mark]));
    }
  const keys = [...measures.keys()];
  const tally = makeTallying(db, [...measures.values()]);
  for (const each of enabled)
    for (const found of await tally(each.conditions))
      addPeople(overview, { terms, now, each, found, count: (key) => found.counts[keys.indexOf(key)] ?? 0 });
  return { ...overview, filledIn: await countFilledIn(db, terms.policy) };
}

const nothing = { enabled: 0, registered: 0, ableToReset: 0, partlyRegistered: 0, filledIn: 0 };
const nobodyOverdue = { demanded: 0, 'never-registered': 0, incomplete: 0, 'check-due': 0 };

/** Two questions, each of which an index answers by its size. */
async function countPeople(db: Db): Promise<{ total: number; disabled: number }> {
  const everybody = db.selectFrom('people').select((eb) => eb.fn.countAll().as('count'));
  const { count: total } = await everybody.executeTakeFirstOrThrow();
  const { count: disabled } = await everybody.where('disabled_at', 'is not', null).executeTakeFirstOrThrow();
  return { total: Number(total), disabled: Number(disabled) };
}

interface Counted {
  terms: Terms;
  now: Time;
  each: Class<Terminus>;
  found: Tally;
  count(key: string): number;
}

function addPeople(overview: Overview, { terms, now, each, found, count }: Counted): void {
  const { asked } = each.outcome;
  const all = count('all');
  const registered = isRegistered(asked, found);
  const nothingProven = found.provenMethods === 0 && found.questionCount === 0;
  overview.enabled += all;
  overview.registered += registered ? all : 0;
  overview.ableToReset += isCapable(asked, found) ? all : 0;
  overview.partlyRegistered += registered || nothingProven ? 0 : all;
  overview.overdue.demanded += count('demanded');
  const mark = markOf(terms, each.outcome, { standing: found, now });
  if (!mark) return;
  const unfinished = nothingProven ? 'never-registered' : 'incomplete';
  overview.overdue[registered ? 'check-due' : unfinished] += count(mark.column);
}
