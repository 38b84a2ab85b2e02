import { describe, expect, test } from 'vitest';
import { type Overdue, type OverdueFacts, overdueOf } from '../../src/people/overdue.ts';
import { provenBits } from '../../src/people/status.ts';
import { defaultTerms } from '../../src/policy/askings.ts';
import { askPhoneCode, signIn, typeCode, wordsOn, wrongCode } from '../helpers/journeys.ts';
import { day, hour, minute, openTestHouse } from '../helpers/test-house.ts';

const number = '+31612345678';

/** A person who finished registration at this moment. */
function checkedAt(lastCheckAt: number): OverdueFacts {
  const provenMethods = provenBits['authentication-phone'] + provenBits['authentication-email'];
  const rest = { questionCount: 0, demandedAt: null, disabledAt: null, groups: [] };
  return { ...rest, provenMethods, lastCheckAt, appearedAt: lastCheckAt };
}

function dueOn(checked: number, now: number): Overdue | null {
  return overdueOf(defaultTerms, checkedAt(checked), now);
}

describe('S72 the clock', () => {
  test.each([
    ['summer time begins', Date.UTC(2026, 2, 29, 0, 30)],
    ['summer time ends', Date.UTC(2026, 9, 25, 0, 30)],
    ['29 February', Date.UTC(2028, 1, 29, 12)],
  ])('S72 a check made when %s is due after 180 times 24 hours, not a moment sooner', (_when, checked) => {
    const due = checked + 180 * day;
    expect(dueOn(checked, due - 1)).toBeNull();
    expect(dueOn(checked, due)).toEqual({ reason: 'check-due', since: due, days: 0 });
    expect(dueOn(checked, due + day - 1)).toMatchObject({ days: 0 });
    expect(dueOn(checked, due + day)).toMatchObject({ days: 1 });
  });

  test('S72 nobody becomes overdue by a clock that goes back, and whoever does again when it is set right is so since the same moment', () => {
    const checked = Date.UTC(2026, 0, 1);
    const due = checked + 180 * day;
    const before = dueOn(checked, due + minute);
    expect(dueOn(checked, due + minute - hour)).toBeNull();
    expect(dueOn(checked, due + minute)).toEqual(before);
    expect(dueOn(checked, checked - hour)).toBeNull();
  });

  test('S72 a clock that goes an hour back breaks no code, gives no new tries, and lets none live on when it is right again', async () => {
    // Redis would end a session by a clock of its own, which no test moves.
    const house = await openTestHouse({ env: { REDIS_URL: '' } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, number);
    const code = await house.codeFor(number);
    house.wait(-hour);
    for (let tries = 0; tries < 5; tries += 1) await typeCode(browser, wrongCode(code));
    await typeCode(browser, code);
    expect(browser.text).toContain(wordsOn(browser).register.code.spent);
    house.wait(hour + 11 * minute);
    await signIn(house, 'jan', browser);
    await browser.open('/register/authentication-phone/code');
    expect(browser.path).toBe('/register/authentication-phone');
    expect(await house.deps.db.selectFrom('registrations').select('method').execute()).toEqual([]);
  });

  test('S72 a clock that goes an hour forth ends a code in words, and a new one is asked at once', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askPhoneCode(browser, number);
    const code = await house.codeFor(number);
    house.wait(12 * minute);
    await typeCode(browser, code);
    expect(browser.text).toContain(wordsOn(browser).register.code.expired);
    await browser.press(wordsOn(browser).register.code.again);
    await typeCode(browser, await house.codeFor(number));
    expect(browser.path).toBe('/register');
  });
});
