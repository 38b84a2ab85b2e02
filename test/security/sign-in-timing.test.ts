import { expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { median } from './timing.ts';

const samples = 500;
const kinds = ['twin', 'control', 'unknown'] as const;

async function time(house: TestHouse, browser: Browser, userName: string): Promise<number> {
  const fields = { csrf: browser.csrf, userName, password: 'een verkeerd wachtwoord' };
  const began = performance.now();
  const answer = await browser.send('post', '/sign-in', { fields });
  const took = performance.now() - began;
  expect(answer.status, answer.text).toBe(303);
  await house.deps.db.deleteFrom('limits').execute();
  return took;
}

test('S38 a wrong password takes the same time for names that are there and names that are not', async () => {
  const house = await openTestHouse();
  for (const name of ['twin', 'control']) await house.addPerson(name);
  const browser = await house.browser().open('/sign-in');
  const times = { twin: [] as number[], control: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < samples; n += 1) {
    const turn = n % kinds.length;
    for (const kind of [...kinds.slice(turn), ...kinds.slice(0, turn)])
      times[kind].push(await time(house, browser, kind));
  }
  const [twin, control, unknown] = kinds.map((kind) => median(times[kind]));
  process.stdout.write(`medians of ${samples} (${kinds.join(' ')}), ms: ${twin} ${control} ${unknown}\n`);
  const allowed = Math.max(0.05 * (twin ?? 0), 1, Math.abs((twin ?? 0) - (control ?? 0)));
  expect(Math.abs((twin ?? 0) - (unknown ?? 0))).toBeLessThanOrEqual(allowed);
}, 900_000);
