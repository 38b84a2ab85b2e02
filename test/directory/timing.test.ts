import { expect, onTestFinished, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { type Samba, sambaPrograms, startSamba } from '../helpers/samba.ts';
import { type Slapd, type SlapdWanted, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { median } from '../security/timing.ts';

/** Two known names, the second as control; one that only the directory knows; one that nobody knows. */
const kinds = ['twin', 'control', 'newcomer', 'unknown'] as const;

type Times = Record<(typeof kinds)[number], number[]>;

const forms = {
  '/sign-in': { password: 'een verkeerd wachtwoord' },
  '/reset': { wish: 'forgot' },
} as const;
type Path = keyof typeof forms;

async function time(house: TestHouse, browser: Browser, of: { path: Path; userName: string }) {
  const fields = { csrf: browser.csrf, userName: of.userName, ...forms[of.path] };
  const began = performance.now();
  const answer = await browser.send('post', of.path, { fields });
  const took = performance.now() - began;
  expect(answer.status, answer.text).toBe(303);
  await house.deps.db.deleteFrom('limits').execute();
  return took;
}

/** A directory that keeps count of wrong passwords, and locks nobody for as many as are typed here. */
type Timed = Pick<Slapd | Samba, 'env' | 'addPerson' | 'close'>;

async function openOn({ env, addPerson, close }: Timed): Promise<TestHouse> {
  onTestFinished(close);
  const house = await openTestHouse({ env });
  for (const name of ['twin', 'control', 'newcomer']) await addPerson(name);
  for (const name of ['twin', 'control']) await signIn(house, name);
  return house;
}

const open = async (wanted: SlapdWanted = {}) =>
  openOn(await startSlapd({ ...wanted, policy: { pwdMaxFailure: '1000' } }));

/** Each kind in turn first, so that what the machine does at a moment befalls all alike. */
async function takeSamples(house: TestHouse, path: Path, samples: number): Promise<Times> {
  const times: Times = { twin: [], control: [], newcomer: [], unknown: [] };
  for (let n = 0; n < samples; n += 1) {
    const turn = n % kinds.length;
    for (const kind of [...kinds.slice(turn), ...kinds.slice(0, turn)]) {
      const browser = await house.browser().open(path);
      times[kind].push(await time(house, browser, { path, userName: kind }));
    }
  }
  const medians = kinds.map((kind) => median(times[kind]).toFixed(1));
  process.stdout.write(`${path}, medians of ${samples} (${kinds.join(' ')}), ms: ${medians.join(' ')}\n`);
  return times;
}

function expectAlike({ twin, control, ...others }: Times): void {
  const [one, same] = [median(twin), median(control)];
  const allowed = Math.max(0.05 * one, 1, Math.abs(one - same));
  for (const [name, times] of Object.entries(others))
    expect(Math.abs(one - median(times)), name).toBeLessThanOrEqual(allowed);
}

needs(...slapdPrograms)('S38 the same time for names that are there and names that are not', () => {
  test('wrong passwords', async () => {
    expectAlike(await takeSamples(await open(), '/sign-in', 30));
  });

  test('wrong passwords at a directory that takes longer to compare one than we wait at least', async () => {
    const house = await open({ hash: '{ARGON2}', modules: ['argon2 p=1 m=65536 t=4'] });
    const times = await takeSamples(house, '/sign-in', 12);
    expect(median(times.twin)).toBeGreaterThan(300);
    expectAlike(times);
  }, 120_000);

  test('the first step of a reset', async () => {
    expectAlike(await takeSamples(await open(), '/reset', 240));
  });
});

needs(...sambaPrograms)('S38 the same time in Active Directory', () => {
  test('wrong passwords: every answer keeps the same pace', async () => {
    const samba = await startSamba();
    await samba.setPolicy({ lockoutThreshold: '999' });
    const house = await openOn(samba);
    expectAlike(await takeSamples(house, '/sign-in', 20));
  });
});
