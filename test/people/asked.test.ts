import { describe, expect, test } from 'vitest';
import { askedOf } from '../../src/people/asked.ts';
import { type Policy, policySchema } from '../../src/policy/policy.ts';

const policy = (settings: object): Policy => policySchema.parse(settings);
const member = (...groups: string[]) => ({ groups });

describe('whom the policy enables', () => {
  const groups = { enabledFor: { who: 'groups', groups: ['Staff', 'Board'], except: ['Interns'] } };
  test.each<[object, string[], boolean]>([
    [{}, [], true],
    [{ enabledFor: { who: 'nobody' } }, ['Staff'], false],
    [groups, [], false],
    [groups, ['Staff'], true],
    [groups, ['Guests', 'Board'], true],
    [groups, ['Staff', 'Interns'], false],
    [groups, ['Interns'], false],
    [groups, ['staff'], false],
  ])('%j, a member of %j: %s', (settings, of, enabled) => {
    expect(askedOf(policy(settings), member(...of)).enabled).toBe(enabled);
  });
});

describe('what the policy asks', () => {
  test('is each method that is on, in one order, and each channel of the phone', () => {
    expect(askedOf(policy({}), member()).methods).toEqual([
      'authentication-phone',
      'authentication-email',
      'office-phone',
      'security-questions',
    ]);
    const few = askedOf(policy({ phoneText: false, officePhone: false, securityQuestions: false }), member());
    expect(few).toMatchObject({
      methods: ['authentication-phone', 'authentication-email'],
      phoneChannels: ['call'],
    });
    const none = askedOf(policy({ phoneText: false, phoneCall: false }), member());
    expect(none).toMatchObject({ phoneChannels: [] });
    expect(none.methods).not.toContain('authentication-phone');
  });

  test.each<[number, number, number, number]>([
    [1, 1, 2, 2],
    [1, 2, 2, 2],
    [2, 3, 2, 3],
    [2, 2, 2, 2],
  ])('%i and %i methods become %i and %i for a privileged group, never questions', (...row) => {
    const [methodsToReset, methodsToRegister, toReset, toRegister] = row;
    const strict = policy({ methodsToReset, methodsToRegister, privilegedGroups: ['Admins'] });
    const privileged = askedOf(strict, member('Staff', 'Admins'));
    expect(privileged).toMatchObject({ methodsToReset: toReset, methodsToRegister: toRegister });
    expect(privileged.methods).not.toContain('security-questions');
    const others = askedOf(strict, member('Staff'));
    expect(others).toMatchObject({ methodsToReset, methodsToRegister });
    expect(others.methods).toContain('security-questions');
  });
});
