import { describe, expect, test } from 'vitest';
import { defaultPolicy, policySchema } from '../../src/policy/policy.ts';

/** The settings at fault, with the reason where it is our own. */
function faultsOf(settings: object): Record<string, string> {
  const parsed = policySchema.safeParse(settings);
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]),
  );
}

const off = {
  officePhone: false,
  phoneText: false,
  phoneCall: false,
  authenticationEmail: false,
  securityQuestions: false,
};

describe('a policy that nobody could satisfy is refused with the reason', () => {
  test.each<[object, Record<string, string>]>([
    [off, { methodsToRegister: 'more-than-methods-enabled' }],
    [{ ...off, methodsToReset: 1, methodsToRegister: 1 }, { methodsToRegister: 'more-than-methods-enabled' }],
    [
      { ...off, securityQuestions: true, methodsToReset: 1, methodsToRegister: 1 },
      { methodsToRegister: 'more-than-methods-enabled' },
    ],
    [{ ...off, phoneText: true, phoneCall: true }, { methodsToRegister: 'more-than-methods-enabled' }],
    [{ securityQuestions: false, methodsToRegister: 4 }, { methodsToRegister: 'more-than-methods-enabled' }],
    [{ methodsToReset: 2, methodsToRegister: 1 }, { methodsToRegister: 'fewer-than-to-reset' }],
    [{ questionsToReset: 4, questionsToRegister: 3 }, { questionsToReset: 'more-than-registered' }],
  ])('%j', (settings, faults) => {
    expect(faultsOf(settings)).toEqual(faults);
  });

  test.each<object>([
    {},
    { ...off, phoneText: true, methodsToReset: 1, methodsToRegister: 1 },
    { ...off, authenticationEmail: true, securityQuestions: true },
    { methodsToRegister: 4 },
    { questionsToReset: 3, questionsToRegister: 3 },
  ])('and one that somebody can is taken: %j', (settings) => {
    expect(faultsOf(settings)).toEqual({});
  });
});

describe('a setting outside its limits is refused', () => {
  test.each<[string, unknown]>([
    ['methodsToReset', 0],
    ['methodsToReset', 3],
    ['methodsToRegister', 5],
    ['questionsToRegister', 2],
    ['questionsToRegister', 6],
    ['questionsToReset', 2],
    ['postponeDays', 15],
    ['postponeDays', -1],
    ['registerWithinDays', 731],
    ['checkAgainAfterDays', 731],
    ['checkAgainAfterDays', 1.5],
    ['keepAuditDays', 29],
    ['keepAuditDays', 3651],
    ['phoneCountries', []],
    ['phoneCountries', ['nl']],
    ['ownMailDomains', ['not a domain']],
    ['ownMailDomains', ['Example.org']],
    ['helpContact', 'http://help.example.org'],
    ['helpContact', 'javascript:alert(1)'],
    ['helpContact', 'mailto:a@example.org,b@example.org'],
    ['organisationName', ''],
    ['defaultLanguage', 'de'],
    ['enabledFor', { who: 'groups', groups: [] }],
    ['officePhone', 'yes'],
  ])('%s = %j', (name, value) => {
    const names = Object.keys(faultsOf({ [name]: value })).map((path) => path.split('.')[0]);
    expect(names).toContain(name);
  });

  test('and so is a setting that does not exist', () => {
    expect(policySchema.safeParse({ isAdmin: true }).success).toBe(false);
  });

  test('their ends are taken', () => {
    const ends = { postponeDays: 0, registerWithinDays: 730, checkAgainAfterDays: 0, keepAuditDays: 30 };
    expect(faultsOf({ ...ends, helpContact: 'mailto:help@example.org' })).toEqual({});
  });
});

test('the policy of a new house has the defaults that are documented', () => {
  expect(defaultPolicy).toMatchObject({
    enabledFor: { who: 'everybody' },
    methodsToReset: 2,
    methodsToRegister: 2,
    questionsToRegister: 5,
    questionsToReset: 3,
    registrationRequired: true,
    postponeDays: 7,
    registerWithinDays: 30,
    checkAgainAfterDays: 180,
    keepAuditDays: 400,
    phoneCountries: ['NL', 'BE', 'DE', 'LU', 'FR', 'GB'],
    defaultLanguage: 'nl',
    stoppedCountries: [],
    messagesPerDay: 2000,
  });
});
