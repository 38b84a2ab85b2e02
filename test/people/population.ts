import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import type { OverdueFacts } from '../../src/people/overdue.ts';
import { addSearchKeysOf } from '../../src/people/search-keys.ts';
import { defaultTerms, type Terms, termsAfter } from '../../src/policy/askings.ts';
import { policySchema } from '../../src/policy/policy.ts';
import type { Db } from '../../src/store/schema.ts';
import { openTestDatabase } from '../helpers/database.ts';

export const day = 86_400_000;

/** Somebody as the database holds one, with what these questions look at. */
export interface Somebody extends OverdueFacts {
  userName: string;
  displayName: string;
  filledIn: boolean;
}

const groupNames = ['Staff', 'Board', 'Interns', 'Admins'];
const some = fc.subarray(groupNames);
/** Whole days up to a year, so that moments meet; here and there a little later. */
const moment = fc
  .tuple(fc.nat(40), fc.constantFrom(0, 0, 1))
  .map(([tens, little]) => tens * 10 * day + little);
const perhaps = fc.option(moment, { freq: 3, nil: null });

const facts = fc.record({
  provenMethods: fc.nat(7),
  questionCount: fc.nat(5),
  appearedAt: moment,
  lastCheckAt: moment,
  demandedAt: perhaps,
  disabledAt: fc.option(moment, { freq: 6, nil: null }).map((at) => at),
  groups: some,
  filledIn: fc.boolean(),
});

const names = ['anna', 'Bob', 'çelik', 'd.de-vries', 'eva', 'ƒ', 'zoë', 'ångström', '𐐨lex'];

/** At least so many people at random, each with a name of their own. */
export function peopleFrom(minLength: number) {
  return fc.array(facts, { minLength, maxLength: 30 }).map((all): Somebody[] =>
    all.map((one, at) => ({
      ...one,
      lastCheckAt: one.provenMethods === 0 && one.questionCount === 0 ? null : one.lastCheckAt,
      userName: `${names[at % names.length]}${at}`,
      displayName: `${names[(at * 7) % names.length]} ${at % 3 === 0 ? 'Jansen' : 'de Boer'}`,
    })),
  );
}

/** People at random, or nobody. */
export const people = peopleFrom(0);

const enabledFor = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ who: 'everybody' as const }) },
  { weight: 1, arbitrary: fc.constant({ who: 'nobody' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      who: fc.constant('groups' as const),
      groups: fc.subarray(groupNames, { minLength: 1 }),
      except: some,
    }),
  },
);

const settings = fc.record({
  enabledFor,
  officePhone: fc.boolean(),
  phoneText: fc.boolean(),
  authenticationEmail: fc.boolean(),
  securityQuestions: fc.boolean(),
  methodsToReset: fc.integer({ min: 1, max: 2 }),
  methodsToRegister: fc.integer({ min: 1, max: 3 }),
  questionsToRegister: fc.integer({ min: 3, max: 5 }),
  questionsToReset: fc.constant(3),
  privilegedGroups: some,
  registerWithinDays: fc.constantFrom(0, 10, 30, 100),
  checkAgainAfterDays: fc.constantFrom(0, 30, 180),
});

/** A policy somebody could satisfy. */
export const policy = settings
  .map((some) => policySchema.safeParse(some).data)
  .filter((parsed) => parsed !== undefined);

/** Terms after up to four changes of policy. */
export const terms = fc.array(fc.tuple(fc.nat(20), policy), { maxLength: 4 }).map((changes): Terms => {
  let at = 0;
  let reached = defaultTerms;
  for (const [tens, changed] of changes) {
    at += tens * 10 * day;
    reached = termsAfter(reached, changed, at);
  }
  return reached;
});

/** An empty database, closed when the test is done. */
export async function openDatabase(): Promise<Db> {
  const db = await openTestDatabase();
  onTestFinished(() => db.destroy());
  return db;
}

/** Puts these people into the database in place of whoever was there. */
export async function settle(db: Db, all: readonly Somebody[]): Promise<void> {
  await db.deleteFrom('people').execute();
  if (all.length === 0) return;
  await db.insertInto('people').values(all.map(rowOf)).execute();
  const memberships = all.flatMap(({ userName, groups }) =>
    groups.map((group_name) => ({ person_id: `id-${userName}`, group_name, user_name: userName })),
  );
  if (memberships.length > 0) await db.insertInto('memberships').values(memberships).execute();
  const filledIn = all.filter((one) => one.filledIn).map(filledInOf);
  if (filledIn.length > 0) await db.insertInto('registrations').values(filledIn).execute();
  await addSearchKeysOf(db, all);
}

function rowOf(one: Somebody) {
  return {
    id: `id-${one.userName}`,
    user_name: one.userName,
    display_name: one.displayName,
    language: null,
    work_mailbox: null,
    office_phone: null,
    appeared_at: one.appearedAt,
    disabled_at: one.disabledAt,
    filled_in: one.filledIn ? 1 : 0,
    last_sign_in_at: null,
    session_epoch: 0,
    proven_methods: one.provenMethods,
    question_count: one.questionCount,
    last_check_at: one.lastCheckAt,
    demanded_at: one.demandedAt,
    first_asked_at: null,
    postponed_until: null,
    blocked_at: null,
    blocked_why: null,
  };
}

function filledInOf({ userName }: Somebody) {
  return {
    person_id: `id-${userName}`,
    method: 'authentication-phone',
    value: '',
    destination: userName,
    proven_at: null,
    checked_at: null,
    consent: null,
  };
}
