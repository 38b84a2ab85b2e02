import { describe, expect, test } from 'vitest';
import type { Asked } from '../../src/people/asked.ts';
import {
  checkDueAt,
  day,
  type Facts,
  isCapable,
  isRegistered,
  missingFor,
  provenBits,
} from '../../src/people/status.ts';

const phone = provenBits['authentication-phone'];
const mail = provenBits['authentication-email'];
const office = provenBits['office-phone'];
const all = ['authentication-phone', 'authentication-email', 'office-phone', 'security-questions'] as const;

function asked(changes: Partial<Asked> = {}): Asked {
  return {
    enabled: true,
    methods: all,
    phoneChannels: ['text', 'call'],
    methodsToReset: 2,
    methodsToRegister: 2,
    questionsToReset: 3,
    questionsToRegister: 5,
    ...changes,
  };
}

function facts(provenMethods: number, questionCount = 0, changes: Partial<Facts> = {}): Facts {
  return {
    provenMethods,
    questionCount,
    lastCheckAt: null,
    demandedAt: null,
    appearedAt: 0,
    disabledAt: null,
    ...changes,
  };
}

describe('registered and able to reset', () => {
  // asked to reset, to finish; proven, questions; registered, capable
  test.each<[number, number, number, number, boolean, boolean]>([
    [2, 2, 0, 0, false, false],
    [2, 2, phone, 0, false, false],
    [2, 2, phone | mail, 0, true, true],
    [2, 2, mail | office, 0, true, true],
    [2, 2, phone, 2, false, false],
    [2, 2, phone, 3, false, true],
    [2, 2, phone, 4, false, true],
    [2, 2, phone, 5, true, true],
    [2, 2, 0, 5, false, false],
    [1, 1, 0, 5, false, false],
    [1, 1, mail, 0, true, true],
    [1, 2, mail, 0, false, true],
    [2, 3, phone | mail, 0, false, true],
    [2, 3, phone | mail, 5, true, true],
    [2, 4, phone | mail | office, 0, false, true],
    [2, 4, phone | mail | office, 5, true, true],
    [2, 4, phone | mail | office, 4, false, true],
  ])('%i to reset, %i to finish; bits %i and %i questions: %s and %s', (...row) => {
    const [methodsToReset, methodsToRegister, bits, questions, registered, capable] = row;
    const policy = asked({ methodsToReset, methodsToRegister });
    expect(isRegistered(policy, facts(bits, questions))).toBe(registered);
    expect(isCapable(policy, facts(bits, questions))).toBe(capable);
  });

  test('what the policy does not enable does not count', () => {
    const few = asked({ methods: ['authentication-phone', 'security-questions'] });
    expect(isRegistered(few, facts(phone | mail | office))).toBe(false);
    expect(isRegistered(few, facts(phone | mail, 5))).toBe(true);
    const noQuestions = asked({ methods: ['authentication-phone', 'authentication-email'] });
    expect(isCapable(noQuestions, facts(phone, 5))).toBe(false);
  });

  test('whom the policy does not enable is never able to reset', () => {
    expect(isCapable(asked({ enabled: false }), facts(phone | mail, 5))).toBe(false);
    expect(isCapable(asked(), facts(phone | mail, 5))).toBe(true);
  });
});

describe('what is missing', () => {
  test.each<[number, number, number, object]>([
    [2, 0, 0, { methods: 2, questions: 0, needsPossession: false }],
    [2, phone, 0, { methods: 1, questions: 0, needsPossession: false }],
    [2, phone | mail, 0, { methods: 0, questions: 0, needsPossession: false }],
    [2, 0, 2, { methods: 2, questions: 3, needsPossession: false }],
    [2, phone, 4, { methods: 1, questions: 1, needsPossession: false }],
    [2, phone | mail, 4, { methods: 0, questions: 0, needsPossession: false }],
    [2, 0, 5, { methods: 1, questions: 0, needsPossession: true }],
    [1, 0, 5, { methods: 1, questions: 0, needsPossession: true }],
    [4, phone, 5, { methods: 2, questions: 0, needsPossession: false }],
    [4, phone | mail | office, 0, { methods: 1, questions: 0, needsPossession: false }],
  ])('%i to finish; bits %i and %i questions: %j', (methodsToRegister, bits, questions, missing) => {
    const methodsToReset = Math.min(methodsToRegister, 2);
    expect(missingFor(asked({ methodsToRegister, methodsToReset }), facts(bits, questions))).toEqual(missing);
  });

  test('is nothing exactly when registered', () => {
    for (let bits = 0; bits < 8; bits += 1)
      for (const questions of [0, 1, 3, 5])
        for (const methodsToRegister of [1, 2, 3, 4]) {
          const policy = asked({ methodsToRegister });
          const { methods, questions: more, needsPossession } = missingFor(policy, facts(bits, questions));
          const nothing = methods === 0 && more === 0 && !needsPossession;
          expect(nothing, `${bits} ${questions} ${methodsToRegister}`).toBe(
            isRegistered(policy, facts(bits, questions)),
          );
        }
  });
});

describe('when a check is due', () => {
  test('is so many days after the last one, and never with 0 or before anything was proven', () => {
    const at = Date.UTC(2026, 1, 1);
    expect(checkDueAt(180, facts(phone, 0, { lastCheckAt: at }))).toBe(at + 180 * day);
    expect(checkDueAt(0, facts(phone, 0, { lastCheckAt: at }))).toBeNull();
    expect(checkDueAt(180, facts(0))).toBeNull();
  });

  test('is the moment an administrator demanded it, whatever the policy', () => {
    expect(checkDueAt(0, facts(phone, 0, { lastCheckAt: 5, demandedAt: 7 }))).toBe(7);
    expect(checkDueAt(180, facts(0, 0, { demandedAt: 7 }))).toBe(7);
  });
});
