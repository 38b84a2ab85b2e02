import { expect, onTestFinished, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { median } from '../security/timing.ts';

const samples = 30;
/** Two known names, the second as control; one that only the directory knows; one that nobody knows. */
const kinds = ['twin', 'control', 'newcomer', 'unknown'] as const;

async function time(house: TestHouse, browser: Browser, userName: string): Promise<number> {
  const fields = { csrf: browser.csrf, userName, password: 'een verkeerd wachtwoord' };
  const began = performance.now();
  const answer = await browser.send('post', '/sign-in', { fields });
  const took = performance.now() - began;
  expect(answer.status, answer.text).toBe(303);
  await house.deps.db.deleteFrom('limits').execute();
  return took;
}

needs(...slapdPrograms)('wrong passwords at a directory', () => {
  test('S38 take the same time for names that are there and names that are not', async () => {
    const slapd = await startSlapd({ policy: { pwdMaxFailure: '1000' } });
    onTestFinished(slapd.close);
    const house = await openTestHouse({ env: slapd.env });
    for (const name of ['twin', 'control', 'newcomer']) await slapd.addPerson(name);
    for (const name of ['twin', 'control']) await signIn(house, name);
    const browser = await house.browser().open('/sign-in');
    const times = {
      twin: [] as number[],
      control: [] as number[],
      newcomer: [] as number[],
      unknown: [] as number[],
    };
    for (let n = 0; n < samples; n += 1) {
      const turn = n % kinds.length;
      for (const kind of [...kinds.slice(turn), ...kinds.slice(0, turn)])
        times[kind].push(await time(house, browser, kind));
    }
    const [twin = 0, control = 0, ...others] = kinds.map((kind) => median(times[kind]));
    process.stdout.write(
      `medians of ${samples} (${kinds.join(' ')}), ms: ${[twin, control, ...others].join(' ')}\n`,
    );
    const allowed = Math.max(0.05 * twin, 1, Math.abs(twin - control));
    for (const other of others) expect(Math.abs(twin - other)).toBeLessThanOrEqual(allowed);
  });
});
