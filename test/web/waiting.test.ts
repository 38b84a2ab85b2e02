import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateWords } from '../../src/web/waiting.ts';

const quarter = 900_000;
const quarters = fc.integer({ min: Date.UTC(2020, 0) / quarter, max: Date.UTC(2100, 0) / quarter });
const ownDay = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long' });
const zones = Intl.supportedValuesOf('timeZone').map(
  (timeZone) => [timeZone, new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long' })] as const,
);

test('a date is said as it is from the first to the last moment of the day', () => {
  fc.assert(
    fc.property(quarters, fc.integer({ min: -1, max: 1 }), (at, off) => {
      const time = at * quarter + off;
      expect(dateWords({ language: 'nl' }, time)).toBe(ownDay.format(time));
    }),
    { numRuns: 2000 },
  );
});

test('in no time zone does a day begin within a quarter of an hour', () => {
  expect(zones.length).toBeGreaterThan(100);
  fc.assert(
    fc.property(quarters, (at) => {
      for (const [zone, day] of zones)
        expect(day.format((at + 1) * quarter - 1), zone).toBe(day.format(at * quarter));
    }),
  );
});
