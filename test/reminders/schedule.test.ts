import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTime, isTooSoon, mostReminders, type Reminded } from '../../src/reminders/schedule.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Lets time pass hour by hour, as the house does, and gives the days (from when it is due) on which a reminder went. */
function live({ due, askedAt }: { due: number; askedAt: number }, from: number, to: number): number[] {
  const sent: number[] = [];
  let reminded: Reminded | null = null;
  for (let now = from; now <= to; now += hour) {
    if (!isTime({ due, askedAt }, reminded, now) || isTooSoon(reminded, now)) continue;
    sent.push((now - due) / day);
    reminded = { forDue: due, count: sent.length, lastAt: now };
  }
  return sent;
}

describe('somebody who never does it is reminded', () => {
  const due = 100 * day;
  test.each<[string, number, number, number[]]>([
    ['14 and 3 days before, then, and every week: six times', 0, 0, [-14, -3, 0, 7, 14, 21]],
    ['not before it was asked', 90, 90, [-3, 0, 7, 14, 21, 28]],
    ['at once when it is due at once', 100, 100, [0, 7, 14, 21, 28, 35]],
    ['once for what was missed while the house stood still', 0, 97.5, [-2.5, 0, 7, 14, 21, 28]],
    ['once when it has been due for long', 0, 159, [59, 63, 70, 77, 84, 91]],
  ])('%s', (_what, asked, from, days) => {
    expect(live({ due, askedAt: asked * day }, from * day, 300 * day)).toEqual(days);
  });
});

test('the count begins anew when something else is due', () => {
  const reminded = { forDue: 100 * day, count: mostReminders, lastAt: 130 * day };
  expect(isTime({ due: 100 * day, askedAt: 0 }, reminded, 170 * day)).toBe(false);
  expect(isTime({ due: 170 * day, askedAt: 0 }, reminded, 170 * day)).toBe(true);
});

test('whatever is due and whenever the house runs, nobody gets more than six, or two in a day', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.nat(80), (asked, days, from) => {
      const duty = { askedAt: asked * day, due: (asked + days) * day };
      const sent = live(duty, from * day + 1, 200 * day);
      expect(sent.length).toBeLessThanOrEqual(mostReminders);
      for (const [at, moment] of sent.entries())
        expect(moment - (sent[at - 1] ?? -1000)).toBeGreaterThanOrEqual(1);
    }),
  );
});
