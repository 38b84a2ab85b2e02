import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from '../../src/people/write-person.ts';
import { type AdminHouse, openAdminHouse, stateHomeOf } from '../helpers/admin-house.ts';
import { typeCommand } from './type-command.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

const type = (...args: string[]) => typeCommand(house.dataDir, args);
const consent = ['--consent-by', 'Anna Bakker', '--consent-at', '2026-10-30', '--consent-how', 'paper form'];

describe('help', () => {
  it('without arguments is an overview, in the language of the machine or of --lang', async () => {
    expect(await type()).toMatchObject({
      code: 0,
      said: expect.stringContaining('need a terminal'),
      out: expect.stringContaining('Sparekey for administrators'),
    });
    expect((await type('--lang', 'nl')).out).toContain('Sparekey voor beheerders');
    expect((await typeCommand(house.dataDir, [], {})).out).toContain('Sparekey voor beheerders');
    expect((await typeCommand(house.dataDir, [], { LC_ALL: 'nl_NL', LANG: 'en_GB' })).out).toContain(
      'beheerders',
    );
  });

  it.each([
    'policy',
    'questions',
    'people',
    'sign-in',
    'sign-out',
    'first-administrator',
    'administrators',
    'tokens',
  ])('%s --help has examples and needs no server', async (command) => {
    const help = await typeCommand('/nonexistent', [command, '--help']);
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('npm run admin -- ') });
  });

  it.each(['policy', 'questions', 'people', 'administrators', 'tokens'])(
    '%s alone is its help',
    async (command) => {
      const help = await typeCommand('/nonexistent', [command, '--help']);
      expect((await type(command)).out).toBe(help.out);
    },
  );
});

describe('what is typed wrongly', () => {
  it.each([
    [['dance']],
    [['people', 'dance']],
    [['people', 'show']],
    [['people', 'show', 'a', 'b']],
    [['people', 'list', '--colour']],
    [['people', 'list', '--format', 'xml']],
    [['people', 'add', 'x']],
    [['people', 'set', 'x']],
    [['people', 'set', 'x', '--enable', '--disable']],
    [['people', 'add', 'x', '--name', 'X', '--language', 'de']],
    [['people', 'fill-in', 'x', '--phone', '0612345678', ...consent]],
    [['people', 'fill-in', 'x', '--email', 'a@example.org', '--consent-by', 'A']],
    [['policy', 'set', 'methodsToReset']],
    [['policy', 'set']],
    [['questions', 'add']],
  ])('%j ends with 2, says why and where to look', async (args) => {
    const told = await type(...args);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.said).toContain('See: npm run admin -- ');
  });
});

describe('policy', () => {
  it('is set from plain words, numbers, lists and JSON, and shown again', async () => {
    const settings = [
      'methodsToReset=1',
      'phoneCountries=NL, BE',
      'organisationName=Bakery of Anna',
      'helpContact=mailto:help@example.org',
    ];
    const groups = 'enabledFor={"who":"groups","groups":["Staff"]}';
    expect(await type('policy', 'set', ...settings, groups)).toEqual({
      code: 0,
      out: '',
      said: 'The policy is saved as version 1.\n',
    });
    const shown = await type('policy', 'show');
    for (const text of [
      /^methodsToReset +1$/m,
      /^phoneCountries +NL,BE$/m,
      /^organisationName +Bakery of Anna$/m,
    ])
      expect(shown.out).toMatch(text);
    const { policy } = JSON.parse((await type('policy', 'show', '--format', 'json')).out);
    expect(policy).toMatchObject({
      enabledFor: { groups: ['Staff'] },
      helpContact: 'mailto:help@example.org',
    });
    expect((await type('policy', 'set', 'helpContact=null', 'enabledFor={"who":"everybody"}')).code).toBe(0);
  });

  it('is refused with the setting and a sentence, in the language asked for', async () => {
    const refused = await type('policy', 'set', 'methodsToRegister=4', 'officePhone=false', '--lang', 'nl');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.said).toMatch(/^methodsToRegister: Zoveel manieren staan er niet aan/);
  });
});

describe('questions', () => {
  it('are listed in columns, added and retired', async () => {
    const added = await type('questions', 'add', '--en', 'Which <i>book</i> did you read over and over?');
    const id = /id (\S+)\.$/m.exec(added.said)?.[1] ?? '';
    expect((await type('questions', 'list')).out).toMatch(
      new RegExp(`^${id} +en +Which <i>book</i> did`, 'm'),
    );
    expect((await type('questions', 'retire', id)).code).toBe(0);
    expect((await type('questions', 'list')).out).not.toContain(id);
    expect((await type('questions', 'list', '--all')).out).toContain(`${id} (retired)`);
    expect(await type('questions', 'retire', 'a/b?c')).toMatchObject({
      code: 1,
      said: expect.stringContaining('no such question'),
    });
  });
});

describe('people', () => {
  it('are added with the one-time password alone on the output', async () => {
    const about = [
      '--mailbox',
      'anna@example.org',
      '--office-phone',
      '020 794 0000 ext. 12',
      '--language',
      'nl',
    ];
    const added = await type(
      'people',
      'add',
      'Anna',
      '--name',
      'Anna Bakker',
      ...about,
      '--group',
      'Staff',
      '--group',
      'Night shift',
    );
    expect(added.code).toBe(0);
    expect(await house.deps.directory.checkPassword('anna', added.out.trim())).toBe('one-time');
    const shown = await type('people', 'show', 'anna');
    expect(shown.out).toMatch(/^Office phone +number ending in 00, extension 12$/m);
    expect(shown.out).toMatch(/^Groups +Night shift, Staff$/m);
    expect(shown.out).toMatch(/^State +not registered$/m);
    expect(await type('people', 'add', 'ANNA', '--name', 'B')).toMatchObject({
      code: 1,
      out: '',
      said: expect.stringContaining('taken'),
    });
  });

  it('are changed, and an empty value clears', async () => {
    expect(
      (await type('people', 'set', 'anna', '--name', 'Anna B.', '--mailbox', '', '--no-groups', '--disable'))
        .code,
    ).toBe(0);
    const shown = await type('people', 'show', 'anna');
    expect(shown.out).toMatch(/^Work mailbox +-$/m);
    expect(shown.out).toMatch(/^State +disabled$/m);
    expect((await type('people', 'set', 'anna', '--enable', '--office-phone', '020 794 0001')).code).toBe(0);
    expect(JSON.parse((await type('people', 'show', 'anna', '--format', 'json')).out)).toMatchObject({
      displayName: 'Anna B.',
      officePhone: { mask: { ending: '01' }, extension: null },
    });
  });

  it('get a phone and an address filled in with consent', async () => {
    expect(
      (await type('people', 'fill-in', 'anna', '--phone', '06 12345678', '--channel', 'text', ...consent))
        .code,
    ).toBe(0);
    expect((await type('people', 'fill-in', 'anna', '--email', 'home@example.net', ...consent)).code).toBe(0);
    const { out } = await type('people', 'show', 'anna');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'number ending in 78 text message; filled in, not confirmed consent of Anna Bakker on 2026-10-30, paper form',
    );
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).not.toContain('home@');
    const refused = await type('people', 'fill-in', 'anna', '--email', 'nonsense', ...consent);
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/^address: /) });
  });

  it.each(['nobody', 'a/b', '../policy', "x' OR 1=1", '100%', '日本'])(
    'S60 %j is a person we do not know',
    async (name) => {
      expect(await type('people', 'show', name)).toMatchObject({
        code: 1,
        out: '',
        said: expect.stringContaining('do not know this user name'),
      });
    },
  );

  it('are listed in aligned columns, wide letters too, and as one JSON list', async () => {
    await type('people', 'add', 'suzuki', '--name', '鈴木 一朗');
    const lines = (await type('people', 'list')).out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^User {4}Name +State/);
    expect(lines.find((line) => line.startsWith('suzuki'))).toMatch(/^suzuki {2}鈴木 一朗 {2}not registered/);
    expect(JSON.parse((await type('people', 'list', '--format', 'json')).out)).toMatchObject([
      { userName: 'anna' },
      { userName: 'suzuki' },
    ]);
  });
});

describe('the terminal', () => {
  it('is not steered by a name that came in by another way', async () => {
    const { id } = await house.deps.db
      .selectFrom('people')
      .select('id')
      .where('user_name', '=', 'suzuki')
      .executeTakeFirstOrThrow();
    await house.deps.db
      .updateTable('people')
      .set({ display_name: 'a\u001b]0;x\u0007\u009b2J\u202eb' })
      .where('id', '=', id)
      .execute();
    const shown = [
      await type('people', 'list'),
      await type('people', 'show', 'suzuki'),
      await type('people', 'list', '--format', 'json'),
    ];
    for (const { out } of shown) expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('a pipe that closes early ends the command quietly', async () => {
    const actor = { kind: 'system' } as const;
    const nobody = { language: null, workMailbox: null, officePhone: null, groups: [] };
    const hashPassword = () => Promise.resolve('-');
    const quick = {
      ...house.deps,
      secrets: { ...house.deps.secrets, hashing: { ...house.deps.secrets.hashing, hashPassword } },
    };
    for (let n = 0; n < 700; n++)
      await addPerson(quick, { ...nobody, userName: `p${n}`, displayName: 'x'.repeat(200) }, { actor });
    const main = fileURLToPath(new URL('../../admin-tui/main.ts', import.meta.url));
    const state = stateHomeOf(house.dataDir);
    const env = {
      DATA_DIR: house.dataDir,
      XDG_STATE_HOME: state,
      LANG: 'en',
      NODE: process.execPath,
      MAIN: main,
    };
    const shell = spawn(
      'sh',
      ['-c', '{ "$NODE" "$MAIN" people list; echo "ended with $?" >&2; } | head -n 1 >/dev/null'],
      { env: { PATH: process.env.PATH ?? '', ...env } },
    );
    const said: Buffer[] = [];
    shell.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    await new Promise((resolve) => shell.once('close', resolve));
    expect(Buffer.concat(said).toString()).toBe('ended with 0\n');
    const everybody: unknown[] = JSON.parse((await type('people', 'list', '--format', 'json')).out);
    expect(everybody).toHaveLength(702);
  });
});

describe('a server that is not there', () => {
  it('is said, with how to start it', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'sk-'));
    const told = await typeCommand(empty, ['people', 'list']);
    expect(told).toMatchObject({ code: 1, out: '', said: expect.stringContaining('npm start') });
    await rm(empty, { recursive: true });
    const gone = await openAdminHouse();
    await gone.deps.db.destroy();
    const { dataDir } = gone;
    await rm(gone.socket);
    expect(await typeCommand(dataDir, ['policy', 'show'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('not running'),
    });
    await rm(dataDir, { recursive: true });
  });

  it('a configuration that is not right is said too', async () => {
    const told = await typeCommand(house.dataDir, ['policy', 'show'], { LANG: 'en', SPAREKEY_NONSENSE: '1' });
    expect(told).toMatchObject({ code: 1, said: expect.stringContaining('SPAREKEY_NONSENSE') });
  });
});
