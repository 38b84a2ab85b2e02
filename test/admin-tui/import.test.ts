import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Import } from '../../admin-tui/imports.ts';
import { makeProgressLine, progressWords } from '../../admin-tui/progress-line.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { environmentOf, sparekeyAdmin, typeCommand } from './type-command.ts';

let house: AdminHouse;
let folder: string;
beforeAll(async () => {
  house = await openAdminHouse();
  folder = await mkdtemp(join(tmpdir(), 'sk-'));
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, content: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const type = (...args: string[]) => typeCommand(house.dataDir, ['people', 'import', ...args]);
const stored = async () => (await house.deps.db.selectFrom('people').select('user_name').execute()).length;

it('a dry run shows how the file is understood and what would happen, and leaves nothing behind', async () => {
  const file = await fileOf('dry.csv', 'Login;Naam;Mobiel\njan;Jan de Vries;06 12345678\npiet;;\n');
  const { out, said, code } = await type(file, '--dry-run');
  expect(code).toBe(1);
  expect(out).toContain('The import would do this: 1 created, 0 updated, 0 disabled, 0 same, 1 refused.');
  expect(out).toContain('line 3 (piet): Column “Naam”: This person is new and needs a name.');
  expect(said).toContain('Encoding UTF-8, separator semicolon.');
  expect(said).toMatch(/Login +user name +jan\n/);
  expect(said).toMatch(/Mobiel +ignore +99 99999999\n/);
  expect(said).toContain('nothing was changed');
  expect(await stored()).toBe(0);
  expect(await house.deps.db.selectFrom('imports').select('id').execute()).toEqual([]);
});

it('runs, saves what came of each row for its owner alone, and says with its exit code that all is well', async () => {
  const file = await fileOf('all.csv', 'Login;Naam\nanton;Anton\nbeer;Beer\n');
  const result = join(folder, 'all-result.csv');
  const { out, said, code } = await type(file, '--yes', '--first-passwords', '--result', result);
  expect({ code, out }).toEqual({
    code: 0,
    out: 'Total: 2 created, 0 updated, 0 disabled, 0 same, 0 refused.\n',
  });
  expect(said).toContain('Import: 2 rows, 100 %');
  expect(said).toContain('One-time passwords are in it');
  expect((await stat(result)).mode & 0o777).toBe(0o600);
  expect(await readFile(result, 'utf8')).toMatch(
    /^line,user name,outcome,remarks,first password\r\n2,anton,created,,\w{4}-\w{4}-\w{4}-\w{4}\r\n3,beer,/,
  );
  const again = await type(file, '--yes', '--result', result);
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining('is there already') });
});

it('gives JSON to scripts, and exit code 1 when rows were refused', async () => {
  const file = await fileOf(
    'json.csv',
    'Login;Naam;Mobiel;Door;Op;Hoe\nzoe;Zoë;06 12345678;Zoë;1-10-2026;form\nx y;X;;;;\n',
  );
  const mapping = ['Mobiel=phone', 'Door=consentBy', 'Op=consentAt', '#6=consentHow'].flatMap((one) => [
    '--mapping',
    one,
  ]);
  const { out, code } = await type(
    file,
    '--yes',
    '--format',
    'json',
    '--result',
    join(folder, 'json.result'),
    ...mapping,
  );
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    state: 'done',
    rowsDone: 2,
    totals: { created: 1, refused: 1 },
    problems: [{ line: 3, userName: 'x y', problem: 'user-name-unusable' }],
    result: join(folder, 'json.result'),
  });
});

it('says in Dutch what has to be mended, and does not begin', async () => {
  const file = await fileOf('dutch.csv', 'Privé telefoon\n06 12345678\n');
  const { said, code } = await typeCommand(house.dataDir, [
    'people',
    'import',
    file,
    '--dry-run',
    '--lang',
    'nl',
  ]);
  expect(code).toBe(1);
  expect(said).toContain('Er is geen kolom met gebruikersnaam gevonden.');
  expect(said).toContain('Het ontbreekt aan: toestemming door, toestemming op, toestemming hoe.');
});

it.each([
  [[], 'Something is missing'],
  [['a.csv'], 'Give --yes to run the import without a question.'],
  [['a.csv', '--dry-run', '--mapping', 'Mobiel'], 'does not have the form COLUMN=FIELD'],
  [['a.csv', '--dry-run', '--mapping', 'Mobiel=password'], 'does not have the form COLUMN=FIELD'],
  [['a.csv', '--dry-run', '--mapping', 'Mobiel=__proto__'], 'does not have the form COLUMN=FIELD'],
  [['a.csv', '--dry-run', '--separator', '#'], 'The separator can be'],
  [['a.csv', '--dry-run', '--encoding', 'ebcdic'], 'The encoding can be'],
  [['a.csv', '--dry-run', '--format', 'xml'], 'The format can only be'],
])('typed wrongly (%j) it says how, with exit code 2', async (args, words) => {
  const { out, said, code } = await type(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(said).toContain(words);
});

it('says that a file cannot be read', async () => {
  const { said, code } = await type(join(folder, 'nowhere.csv'), '--dry-run');
  expect(code).toBe(1);
  expect(said).toContain('nowhere.csv cannot be read.');
});

it('Ctrl-C stops it behind whole rows, and the result says what was done', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `c${index};C\n`).join('');
  const file = await fileOf('long.csv', `Login;Naam\n${rows}`);
  const result = join(folder, 'long.result');
  const before = await stored();
  const args = [sparekeyAdmin, 'people', 'import', file, '--yes', '--result', result];
  const child = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env: environmentOf(house.dataDir, { LANG: 'en_GB.UTF-8' }),
  });
  const said = text(child.stderr);
  const ended = new Promise((resolve) => child.once('close', resolve));
  await expect.poll(stored, { interval: 10, timeout: 60_000 }).toBeGreaterThan(before);
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  expect(await said).toMatch(
    /Cancelling after[\s\S]*Cancelled\. Everything up to line \d+ is done; nothing after it\./,
  );
  const done = (await stored()) - before;
  expect(done).toBeLessThan(20_000);
  expect((await readFile(result, 'utf8')).trim().split('\r\n')).toHaveLength(done + 1);
});

const underWay: Import = {
  id: 'x',
  fileName: 'x.csv',
  bytes: 100,
  state: 'running',
  uploadedAt: '',
  uploadedBy: 'anna',
  progress: {
    rowsDone: 12_000,
    rowsTotal: 30_000,
    share: 0.4,
    rowsPerSecond: 4000,
    secondsLeft: 4.5,
    lastLine: 12_001,
    startedAt: null,
    finishedAt: null,
  },
  totals: { created: 0, updated: 0, disabled: 0, same: 0, refused: 0 },
  settings: {
    separator: null,
    encoding: null,
    mapping: [],
    clearMarker: null,
    country: null,
    firstPasswords: false,
  },
  problems: [],
  look: null,
};

it('progress says rows, share, rate and time left, as a bar that fits or as lines', () => {
  expect(progressWords('en', underWay)).toBe('Import: 12,000 rows, 40 %, 4,000 a second, 5 s left');
  expect(progressWords('nl', { ...underWay, progress: { ...underWay.progress, secondsLeft: 200 } })).toBe(
    'Import: 12.000 rijen, 40 %, 4.000 per seconde, nog 3 min',
  );
  const drawn: string[] = [];
  const screen = (isTTY: boolean, columns: number) => ({
    isTTY,
    columns,
    write: (line: string) => drawn.push(line),
  });
  makeProgressLine(screen(true, 80), { language: 'en', plain: false }).show(underWay);
  makeProgressLine(screen(true, 40), { language: 'en', plain: false }).show(underWay);
  const lines = makeProgressLine(screen(false, 80), { language: 'en', plain: false });
  lines.show(underWay);
  lines.show(underWay);
  expect(drawn).toEqual([
    `\r[########------------] Import: 12,000 rows, 40 %, 4,000 a second, 5 s left `.padEnd(80),
    '\rImport: 12,000 rows, 40 %, 4,000 a seco',
    'Import: 12,000 rows, 40 %, 4,000 a second, 5 s left\n',
  ]);
});
