import { describe, expect, test } from 'vitest';
import { dueOf, type OverdueFacts, type OverdueReason, overdueOf } from '../../src/people/overdue.ts';
import { provenBits } from '../../src/people/status.ts';
import { defaultTerms, type Terms, termsAfter } from '../../src/policy/askings.ts';
import { type Policy, policySchema } from '../../src/policy/policy.ts';

const day = 86_400_000;
const phone = provenBits['authentication-phone'];
const mail = provenBits['authentication-email'];

const policy = (settings: object): Policy => policySchema.parse(settings);

/** Terms in which each policy came into force on its day. */
function termsOf(...versions: [onDay: number, settings: object][]): Terms {
  return versions.reduce(
    (terms, [onDay, settings]) => termsAfter(terms, policy(settings), onDay * day),
    defaultTerms,
  );
}

/** Somebody with days in place of moments. */
interface Sketch {
  proven?: number;
  questions?: number;
  appeared?: number;
  checked?: number;
  demanded?: number;
  disabled?: number;
  groups?: string[];
}

function somebody({ proven = 0, questions = 0, appeared = 0, groups = [], ...days }: Sketch): OverdueFacts {
  const at = (onDay: number | undefined) => (onDay === undefined ? null : onDay * day);
  return {
    provenMethods: proven,
    questionCount: questions,
    appearedAt: appeared * day,
    lastCheckAt: at(days.checked),
    demandedAt: at(days.demanded),
    disabledAt: at(days.disabled),
    groups,
  };
}

type Row = [what: string, who: Sketch, onDay: number, due: [OverdueReason, since: number] | null];

function judge(terms: Terms, rows: Row[]) {
  test.each(rows)('%s', (_what, who, onDay, wanted) => {
    const found = overdueOf(terms, somebody(who), onDay * day);
    if (wanted === null) return expect(found).toBeNull();
    const [reason, since] = wanted;
    expect(found).toEqual({ reason, since: since * day, days: Math.floor(onDay - since) });
  });
}

describe('with the policy of a new house (two methods, within 30 days, again after 180)', () => {
  judge(defaultTerms, [
    ['nothing proven, a moment before the deadline', { appeared: 5 }, 34.999, null],
    ['nothing proven, at the deadline', { appeared: 5 }, 35, ['never-registered', 35]],
    ['nothing proven, long after', { appeared: 5 }, 105.9, ['never-registered', 35]],
    ['one method of two, before the deadline', { proven: phone, checked: 1 }, 29.9, null],
    ['one method of two, after it', { proven: phone, checked: 1 }, 40, ['incomplete', 30]],
    ['only questions, all of them', { questions: 5, checked: 1 }, 40, ['incomplete', 30]],
    ['only some questions', { questions: 2, checked: 1 }, 40, ['incomplete', 30]],
    ['registered, checked lately', { proven: phone | mail, checked: 10 }, 189.9, null],
    ['registered, check due', { proven: phone | mail, checked: 10 }, 200, ['check-due', 190]],
    ['a phone and all questions are enough', { proven: phone, questions: 5, checked: 0 }, 100, null],
    ['demanded goes before never registered', { demanded: 50 }, 60, ['demanded', 50]],
    ['demanded before any deadline', { appeared: 49, demanded: 50 }, 50, ['demanded', 50]],
    ['demanded goes before incomplete', { proven: phone, demanded: 50 }, 60, ['demanded', 50]],
    [
      'demanded goes before check due',
      { proven: phone | mail, checked: 0, demanded: 299 },
      300,
      ['demanded', 299],
    ],
    ['disabled and never registered', { disabled: 3 }, 400, null],
    ['disabled and demanded', { disabled: 60, demanded: 50 }, 400, null],
  ]);
});

describe('with other days', () => {
  judge(termsOf([0, { registerWithinDays: 0, checkAgainAfterDays: 0 }]), [
    ['0 days to register: at once', { appeared: 7 }, 7, ['never-registered', 7]],
    ['0 days to check again: never', { proven: phone | mail, checked: 0 }, 4000, null],
    ['even then a demand counts', { proven: phone | mail, checked: 0, demanded: 5 }, 6, ['demanded', 5]],
  ]);
});

describe('whom the policy does not enable', () => {
  const staff = { enabledFor: { who: 'groups', groups: ['Staff'], except: ['Interns'] } };
  judge(termsOf([100, staff]), [
    ['is not overdue', { groups: [] }, 400, null],
    ['is not overdue though demanded', { groups: ['Guests'], demanded: 10 }, 400, null],
    ['is not overdue when excluded', { groups: ['Staff', 'Interns'] }, 400, null],
    ['others are as they were', { groups: ['Staff'] }, 400, ['never-registered', 30]],
  ]);
  judge(termsOf([0, { enabledFor: { who: 'nobody' } }]), [['nobody is overdue', { demanded: 3 }, 400, null]]);
});

describe('a policy that became stricter on day 100', () => {
  const three = { methodsToRegister: 3 };
  judge(termsOf([100, three]), [
    ['gives who was registered 30 days', { proven: phone | mail, checked: 90 }, 129, null],
    ['and no more', { proven: phone | mail, checked: 90 }, 130, ['incomplete', 130]],
    ['gives everybody these days', { appeared: 0 }, 129, null],
    ['but who appeared later has their own', { appeared: 110 }, 139, null],
    ['until these are over', { appeared: 110 }, 141, ['never-registered', 140]],
  ]);

  const board = (onDay: number) =>
    termsOf([0, {}], [onDay, { enabledFor: { who: 'groups', groups: ['Board'] } }], [200, {}]);
  judge(board(100), [
    ['for who is let in only then', { groups: [] }, 229, null],
    ['who are then overdue in their turn', { groups: [] }, 230, ['never-registered', 230]],
    ['not for who was in all the time', { groups: ['Board'] }, 210, ['never-registered', 30]],
  ]);

  const privileged = { privilegedGroups: ['Admins'] };
  judge(termsOf([100, privileged]), [
    [
      'for a group that became privileged',
      { groups: ['Admins'], proven: phone, questions: 5, checked: 90 },
      129,
      null,
    ],
    [
      'whose questions no longer count',
      { groups: ['Admins'], proven: phone, questions: 5, checked: 90 },
      130,
      ['incomplete', 130],
    ],
    ['not for others', { groups: ['Staff'] }, 101, ['never-registered', 30]],
  ]);

  judge(termsOf([100, { enabledFor: { who: 'groups', groups: ['A', 'B'], except: ['C'] } }], [200, {}]), [
    ['for a group that was excluded until then', { groups: ['A', 'C'] }, 229, null],
    ['and is overdue after its days', { groups: ['A', 'C'] }, 230, ['never-registered', 230]],
  ]);
});

describe('a policy that was relaxed', () => {
  const three = { methodsToRegister: 3 };
  const one = { methodsToRegister: 1, methodsToReset: 1 };
  judge(termsOf([100, three], [110, one]), [
    ['makes nobody overdue sooner', { appeared: 0 }, 129, null],
    ['and later as before', { appeared: 0 }, 130, ['never-registered', 130]],
    ['frees whoever it is now enough for', { proven: phone, checked: 100 }, 150, null],
  ]);
  const admins = { privilegedGroups: ['Admins'] };
  judge(termsOf([100, admins], [110, {}]), [
    ['for a group that was privileged for a while', { groups: ['Admins'] }, 129, null],
    ['which keeps its own days', { groups: ['Admins'] }, 130, ['never-registered', 130]],
  ]);
  judge(termsOf([100, { helpContact: 'mailto:help@example.org', postponeDays: 1 }]), [
    ['or changed in something else: nothing is different', { appeared: 0 }, 100, ['never-registered', 30]],
  ]);
});

test('what is due is known beforehand', () => {
  expect(dueOf(defaultTerms, somebody({ appeared: 3 }))).toEqual({
    reason: 'never-registered',
    at: 33 * day,
  });
  expect(dueOf(defaultTerms, somebody({ proven: phone | mail, checked: 4 }))).toEqual({
    reason: 'check-due',
    at: 184 * day,
  });
  expect(dueOf(termsOf([0, { checkAgainAfterDays: 0 }]), somebody({ proven: 3, checked: 4 }))).toBeNull();
});

test('a long history of policies is cut, and leaves nobody overdue sooner', () => {
  const versions = Array.from({ length: 60 }, (_, at): [number, object] => [
    at + 1,
    { questionsToRegister: at % 2 === 0 ? 4 : 5 },
  ]);
  const terms = termsOf(...versions);
  expect(terms.askings.length).toBeLessThanOrEqual(20);
  expect(overdueOf(terms, somebody({}), 89 * day)).toBeNull();
  expect(overdueOf(terms, somebody({}), 91 * day)?.since).toBe(90 * day);
});
