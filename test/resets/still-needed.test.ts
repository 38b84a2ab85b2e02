import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MethodKind, methodKinds } from '../../src/methods/method.ts';
import { type Asked, askedOf } from '../../src/people/asked.ts';
import { type Policy, policySchema } from '../../src/policy/policy.ts';
import { type Proof, stillNeeded } from '../../src/resets/still-needed.ts';

function askedBy(policy: Partial<Policy> = {}, groups: string[] = []): Asked {
  return askedOf(policySchema.parse(policy), { groups });
}

const phone: Proof = { method: 'authentication-phone', destination: 'p' };
const mail: Proof = { method: 'authentication-email', destination: 'm' };
const office: Proof = { method: 'office-phone', destination: 'o' };
const questions: Proof = { method: 'security-questions', destination: 'questions' };

describe('what a reset still needs', () => {
  test('is two methods by default, and the questions open only after one of possession', () => {
    expect(stillNeeded(askedBy(), [])).toEqual({
      needed: 2,
      passed: 0,
      met: false,
      open: expect.not.arrayContaining(['security-questions']),
    });
    expect(stillNeeded(askedBy(), [phone]).open).toContain('security-questions');
    expect(stillNeeded(askedBy(), [phone]).open).not.toContain('authentication-phone');
    expect(stillNeeded(askedBy(), [phone, mail]).met).toBe(true);
    expect(stillNeeded(askedBy(), [phone, questions]).met).toBe(true);
  });

  test('S12 one destination counts once, and the questions alone never', () => {
    const same = { ...office, destination: phone.destination };
    expect(stillNeeded(askedBy(), [phone, same])).toMatchObject({ passed: 1, met: false });
    const one = askedBy({ methodsToReset: 1, methodsToRegister: 1 });
    expect(stillNeeded(one, [questions])).toMatchObject({ passed: 0, met: false });
    expect(stillNeeded(one, [questions, questions])).toMatchObject({ passed: 0, met: false });
  });

  test('S13 a method that is switched off on the way counts no more', () => {
    expect(stillNeeded(askedBy({ authenticationEmail: false }), [phone, mail])).toMatchObject({
      passed: 1,
      met: false,
    });
  });

  test('privileged groups need two whatever the policy says, and questions never count', () => {
    const policy = { methodsToReset: 1, methodsToRegister: 1, privilegedGroups: ['Admins'] };
    const asked = askedBy(policy, ['Admins']);
    expect(stillNeeded(asked, [phone])).toMatchObject({ needed: 2, met: false });
    expect(stillNeeded(asked, [phone, questions])).toMatchObject({ passed: 1, met: false });
    expect(stillNeeded(asked, [phone]).open).not.toContain('security-questions');
    expect(stillNeeded(asked, [phone, office]).met).toBe(true);
  });

  test('nobody whom the policy does not let meets it', () => {
    const asked = askedBy({ enabledFor: { who: 'nobody' } });
    expect(stillNeeded(asked, [phone, mail, office]).met).toBe(false);
  });

  test('never counts more than the places proven and one for knowledge, nor opens what was used', () => {
    const proof = fc.record({
      method: fc.constantFrom<MethodKind>(...methodKinds),
      destination: fc.constantFrom('a', 'b', 'c'),
    });
    const policy = fc.record({
      authenticationEmail: fc.boolean(),
      officePhone: fc.boolean(),
      securityQuestions: fc.boolean(),
    });
    fc.assert(
      fc.property(policy, fc.array(proof, { maxLength: 8 }), (set, proofs) => {
        const asked = askedBy({ ...set, methodsToReset: 1, methodsToRegister: 1 });
        const { passed, open, met } = stillNeeded(asked, proofs);
        const counting = proofs.filter(({ method }) => asked.methods.includes(method));
        const places = counting.filter(({ method }) => method !== 'security-questions');
        const distinct = new Set(places.map(({ destination }) => destination)).size;
        expect(passed).toBeLessThanOrEqual(distinct + 1);
        if (distinct === 0)
          expect([passed, met, open.includes('security-questions')]).toEqual([0, false, false]);
        for (const { method } of counting) expect(open).not.toContain(method);
      }),
    );
  });
});
