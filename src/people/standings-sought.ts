import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { Terms } from '../policy/askings.ts';
import type { Db, Tables } from '../store/schema.ts';
import { type Asked, askedOf } from './asked.ts';
import { type Class, classesOf, meets, type Terminus, terminusOf } from './classes.ts';
import type { ListedPerson } from './list-people.ts';
import { haveFilledIn } from './overdue-measure.ts';
import { namesThrough } from './sieves.ts';
import { isCapable, isRegistered, type Proven } from './status.ts';
import { type Standing, standings } from './stricter.ts';

/** The ways to stand by which people are listed: those that the overview counts. */
export const standingNames = [
  'enabled',
  'disabled',
  'registered',
  'able-to-reset',
  'partly-registered',
  'filled-in',
] as const;
export type StandingName = (typeof standingNames)[number];

type Where = Expression<SqlBool>;

/** Whether methods and answers make somebody stand so; the rest of it is in the row. */
function fits(name: StandingName, asked: Asked, proven: Proven): boolean {
  switch (name) {
    case 'registered':
      return isRegistered(asked, proven);
    case 'able-to-reset':
      return isCapable(asked, proven);
    case 'partly-registered':
      return !isRegistered(asked, proven) && (proven.provenMethods > 0 || proven.questionCount > 0);
    default:
      return true;
  }
}

/** Tells whether somebody stands so. */
export function standsSo({ policy }: Terms, name: StandingName, person: ListedPerson): boolean {
  if (name === 'disabled') return person.disabledAt !== null;
  const asked = askedOf(policy, person);
  const takesPart = asked.enabled && person.disabledAt === null;
  return takesPart && fits(name, asked, person) && (name !== 'filled-in' || person.filledIn.length > 0);
}

function enabledClasses(terms: Terms): Class<Terminus>[] {
  return classesOf((isInAny) => terminusOf(terms, isInAny)).filter(({ outcome }) => outcome.asked.enabled);
}

const numberOf = ({ provenMethods, questionCount }: Standing) => provenMethods * 8 + questionCount;

/** Says in SQL that a row of `people` stands so. */
export function standing(terms: Terms, name: StandingName): Where {
  const eb = expressionBuilder<Tables, 'people'>();
  if (name === 'disabled') return eb('people.disabled_at', 'is not', null);
  const ofClass = enabledClasses(terms).map(({ conditions, outcome }) => {
    const fitting = standings.filter((one) => fits(name, outcome.asked, one));
    const number = sql<number>`(people.proven_methods * 8 + people.question_count)`;
    const among =
      fitting.length === standings.length ? eb.lit(true) : eb(number, 'in', fitting.map(numberOf));
    return eb.and([meets(conditions), fitting.length === 0 ? eb.lit(false) : among]);
  });
  return eb.and([
    eb('people.disabled_at', 'is', null),
    ...(name === 'filled-in' ? [haveFilledIn()] : []),
    eb.or(ofClass),
  ]);
}

/** The names of everybody who could stand so, each way by an index of its own; whoever stands so is in all of them. */
export function candidates(db: Db, terms: Terms, name: StandingName) {
  if (name === 'disabled')
    return [
      db.selectFrom('people').select('people.user_name as name').where('people.disabled_at', 'is not', null),
    ];
  const { enabledFor } = terms.policy;
  return [
    ...(name === 'filled-in' ? [filledInFor(db)] : []),
    ...(name === 'enabled' || name === 'filled-in' ? [] : [inStandings(db, terms, name)]),
    ...(enabledFor.who === 'groups' ? [namesThrough(db, { groups: enabledFor.groups })] : []),
  ];
}

function filledInFor(db: Db) {
  return db.selectFrom('people').select('people.user_name as name').where(haveFilledIn());
}

/** One range of an index for each standing that somebody can have. */
function inStandings(db: Db, terms: Terms, name: StandingName) {
  const fitting = standings.filter((one) =>
    enabledClasses(terms).some(({ outcome }) => fits(name, outcome.asked, one)),
  );
  const whole = db.selectFrom('people').select('people.user_name as name');
  const [first, ...rest] = fitting.map(({ provenMethods, questionCount }) =>
    whole
      .where('people.proven_methods', '=', provenMethods)
      .where('people.question_count', '=', questionCount),
  );
  const nobody = whole.where((eb) => eb.lit(false));
  return rest.reduce((all, range) => all.unionAll(range), first ?? nobody);
}
