import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import { askPhoneCode, signIn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { Processes, startScreen } from '../helpers/programs.ts';
import { startTestHouse, type TestHouse } from '../helpers/test-house.ts';

const run = promisify(execFile);
const output = fileURLToPath(new URL('../output/browsers/', import.meta.url));
const t = wordsOf('nl');

let house: TestHouse;
let stop: () => Promise<void>;

beforeAll(async () => {
  await mkdir(output, { recursive: true });
  ({ house, stop } = await startTestHouse());
});
afterAll(() => stop?.());

/** A screen with a home folder of its own. */
async function openScreen(): Promise<Processes> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-screen-'));
  const processes = new Processes(folder, { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' });
  onTestFinished(async () => {
    await processes.endAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  await startScreen(processes);
  return processes;
}

/** Waits for a window with this in its title and until its picture stays as it is; keeps it, and counts its colours. */
async function keepPicture({ env }: Processes, { title, name }: { title: string; name: string }) {
  const file = `${output}${name}.png`;
  const find = () =>
    run('xdotool', ['search', '--name', title], { env }).then(
      () => true,
      () => false,
    );
  await expect.poll(find, { timeout: 30_000, interval: 200 }).toBe(true);
  const look = async () => {
    await run('import', ['-window', 'root', file], { env });
    return (await run('identify', ['-format', '%#', file])).stdout;
  };
  let before = '';
  const still = async () => {
    const now = await look();
    const same = now === before;
    before = now;
    return same;
  };
  await expect.poll(still, { timeout: 30_000, interval: 700 }).toBe(true);
  return Number((await run('identify', ['-format', '%k', file])).stdout);
}

/** Gives Dillo the cookies of a browser that is signed in already. */
async function startDillo(processes: Processes, { browser, path }: { browser: Browser; path: string }) {
  const home = join(processes.folder, '.dillo');
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'cookiesrc'), 'DEFAULT ACCEPT\n');
  const lines = [...browser.cookies].map(([name, value]) =>
    ['127.0.0.1', 'FALSE', '/', 'FALSE', '4102444800', name, value].join('\t'),
  );
  await writeFile(join(home, 'cookies.txt'), `${lines.join('\n')}\n`);
  await run('dpidc', ['stop'], { env: processes.env }).catch(() => {});
  onTestFinished(async () => void (await run('dpidc', ['stop'], { env: processes.env }).catch(() => {})));
  processes.start('browser', ['dillo', '-g', '1000x860+0+0', house.url + path]);
}

needs(
  'dillo',
  'Xvfb',
  'xdotool',
  'import',
)('Dillo', () => {
  test('shows the overview and the page of the code', async () => {
    await house.addPerson('zoe', { displayName: 'Zoë de Vries', officePhone: null });
    const browser = await signIn(house, 'zoe', house.browser({ language: 'nl' }));
    const overview = await openScreen();
    await startDillo(overview, { browser, path: '/register?lang=nl' });
    const colours = await keepPicture(overview, { title: t.register.title, name: 'dillo-overview' });
    expect(colours).toBeGreaterThan(20);
    await overview.endAll();

    await askPhoneCode(browser, '+31612345651');
    const code = await openScreen();
    await startDillo(code, { browser, path: '/register/authentication-phone/code?lang=nl' });
    const title = t.register.code.title['authentication-phone'];
    expect(await keepPicture(code, { title, name: 'dillo-code' })).toBeGreaterThan(20);
  });
});
