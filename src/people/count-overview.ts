import type { Terms } from '../policy/askings.ts';
import type { Db, Time } from '../store/schema.ts';
import { type Class, classesOf, type Terminus, terminusOf } from './classes.ts';
import type { OverdueReason } from './overdue.ts';
import { areFound, everybody, haveFilledIn, stand } from './overdue-measure.ts';
import { narrow, scansOfClass } from './overdue-scans.ts';
import { isCapable, isRegistered } from './status.ts';
import { type Standing, standings } from './stricter.ts';
import { tally } from './tally.ts';

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
  const classes = classesOf((isInAny) => terminusOf(terms, isInAny));
  const enabled = classes.filter(({ outcome }) => outcome.asked.enabled);
  const count = await tally(
    db,
    enabled.map((each) => ({ conditions: each.conditions, measures: measuresOf(terms, each, now) })),
  );
  return {
    ...(await countPeople(db)),
    enabled: count('enabled'),
    registered: count('registered'),
    ableToReset: count('ableToReset'),
    partlyRegistered: count('partlyRegistered'),
    filledIn: count('filledIn'),
    overdue: {
      demanded: count('demanded'),
      'never-registered': count('never-registered'),
      incomplete: count('incomplete'),
      'check-due': count('check-due'),
    },
  };
}

function measuresOf(terms: Terms, each: Class<Terminus>, now: Time) {
  const { asked } = each.outcome;
  const scans = scansOfClass(terms, each);
  const overdue = (reason: OverdueReason) =>
    areFound(
      scans.flatMap((scan) => narrow(scan, reason)),
      now,
    );
  const begun = ({ provenMethods, questionCount }: Standing) => provenMethods > 0 || questionCount > 0;
  return {
    enabled: everybody(),
    registered: stand(standings.filter((one) => isRegistered(asked, one))),
    ableToReset: stand(standings.filter((one) => isCapable(asked, one))),
    partlyRegistered: stand(standings.filter((one) => begun(one) && !isRegistered(asked, one))),
    filledIn: haveFilledIn(),
    demanded: overdue('demanded'),
    'never-registered': overdue('never-registered'),
    incomplete: overdue('incomplete'),
    'check-due': overdue('check-due'),
  };
}

/** Two questions, each of which an index answers by its size. */
async function countPeople(db: Db): Promise<{ total: number; disabled: number }> {
  const everybody = db.selectFrom('people').select((eb) => eb.fn.countAll().as('count'));
  const { count: total } = await everybody.executeTakeFirstOrThrow();
  const { count: disabled } = await everybody.where('disabled_at', 'is not', null).executeTakeFirstOrThrow();
  return { total: Number(total), disabled: Number(disabled) };
}
