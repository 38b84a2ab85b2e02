import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { day, type Somebody, settle } from '../people/population.ts';
import { environmentOf, sparekeyAdmin, typeCommand } from './type-command.ts';

const ago = (days: number) => testTime - days * day;

function somebody(userName: string, changes: Partial<Somebody> = {}): Somebody {
  return {
    userName,
    displayName: `${userName} Jansen`,
    provenMethods: 0,
    questionCount: 0,
    appearedAt: ago(40),
    lastCheckAt: null,
    demandedAt: null,
    disabledAt: null,
    groups: [],
    filledIn: false,
    ...changes,
  };
}

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  const many = Array.from({ length: 600 }, (_, at) =>
    somebody(`p${String(at).padStart(3, '0')}`, { appearedAt: ago(31), groups: ['Many'] }),
  );
  const few = [
    somebody('anna', { groups: ['Staff'] }),
    somebody('evil', { displayName: '=1+1\u001b[31m', provenMethods: 1, groups: ['Staff'] }),
    somebody('done', { provenMethods: 3, lastCheckAt: ago(1) }),
  ];
  await settle(house.deps.db, [...few, ...many]);
});
afterAll(() => house.close());

const type = (...args: string[]) => typeCommand(house.dataDir, args);

describe('overdue', () => {
  it('shows a table, and says how many on the other line', async () => {
    const { out, said, code } = await type('overdue', '--group', 'Staff');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'User  Name         Why                 Since       Days',
      'anna  anna Jansen  nothing registered  2026-10-22  10',
      'evil  =1+1�[31m    not finished        2026-10-22  10',
      '',
    ]);
    expect(said).toBe('2 people are overdue.\n');
  });

  it('reads page after page', async () => {
    const { out, said } = await type('overdue', '--sort', 'name', '--order', 'desc');
    expect(out.split('\n')).toHaveLength(604);
    expect(out.split('\n')[1]).toMatch(/^p599/);
    expect(said).toBe('602 people are overdue.\n');
  });

  it('writes JSON, NDJSON and CSV for scripts, nothing in it that a spreadsheet runs', async () => {
    const asked = ['overdue', '--reason', 'incomplete', '--format'];
    const person = { userName: 'evil', reason: 'incomplete', days: 10, since: '2026-10-22T12:00:00.000Z' };
    expect(JSON.parse((await type(...asked, 'json')).out)).toMatchObject([person]);
    expect(JSON.parse((await type(...asked, 'ndjson')).out)).toMatchObject(person);
    const [head, row] = (await type(...asked, 'csv')).out.split('\r\n');
    expect(head).toBe('userName,displayName,reason,since,days');
    expect(row?.replaceAll('\u001b', '')).toMatch(/^\n?evil,.*'=1\+1/);
  });

  it('with nobody to show says so', async () => {
    const { out, said, code } = await type('overdue', '--group', 'Nobody');
    expect([out, said, code]).toEqual(['', 'Nobody is overdue.\n', 0]);
    expect(JSON.parse((await type('overdue', '--group', 'Nobody', '--format', 'json')).out)).toEqual([]);
  });

  it.each([
    [['overdue', '--format', 'xml']],
    [['overdue', '--reason', 'lazy']],
    [['overdue', '--sort', 'days']],
    [['overdue', 'everybody']],
    [['overview', '--format', 'csv']],
    [['remind', '--who', 'all']],
  ])('%j is typed wrongly: 2, and where to look', async (args) => {
    const { code, said, out } = await type(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(said).toContain(`npm run admin -- ${args[0]} --help`);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [sparekeyAdmin, 'overdue', '--format', 'ndjson'], {
      env: environmentOf(house.dataDir),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect([code, said]).toEqual([0, '']);
  });
});

describe('overview and report', () => {
  it('show numbers, shares and bars', async () => {
    const { out, code } = await type('overview');
    expect(code).toBe(0);
    expect(out).toMatch(/^People +603$/m);
    expect(out).toMatch(/^Registered +1 +<1% +#$/m);
    expect(out).toMatch(/^Overdue +602 +99% +#{20}$/m);
    expect(out).toMatch(/^- nothing registered +601 +99% +#{20}$/m);
    for (const line of out.split('\n')) expect(line.length).toBeLessThan(80);
    expect((await type('overview', '--lang', 'nl')).out).toMatch(/^Te laat +602/m);
  });

  it('as JSON are the numbers alone, the report with its moment and policy', async () => {
    const overview = JSON.parse((await type('overview', '--format', 'json')).out);
    expect(overview).toMatchObject({ total: 603, overdue: { total: 602, incomplete: 1 } });
    const report = JSON.parse((await type('report', '--format', 'json')).out);
    expect(report).toEqual({ ...overview, policyVersion: 0 });
    expect((await type('report')).out).toContain('As of 2026-11-01 12:00 UTC\nPolicy version 0\n');
  });
});

describe('remind', () => {
  it('counts first, then says what it did', async () => {
    const sealed = (id: string) =>
      house.deps.secrets.sealing.seal('anna@example.org', {
        table: 'people',
        person: id,
        column: 'work_mailbox',
      });
    const change = { work_mailbox: sealed('id-anna') };
    await house.deps.db.updateTable('people').set(change).where('id', '=', 'id-anna').execute();
    const asked = ['remind', '--group', 'Staff'];
    expect((await type(...asked, '--dry-run')).out).toBe(
      '2 selected\n1 to remind\n1 without a work mailbox\n',
    );
    expect((await type(...asked)).out).toBe('2 selected\n1 reminded\n1 without a work mailbox\n');
    const again = await type(...asked, '--format', 'json');
    expect(JSON.parse(again.out)).toEqual({
      selected: 2,
      toSend: 0,
      withoutMailbox: 1,
      remindedToday: 1,
      sent: 0,
    });
  });
});

it.each(['overdue', 'overview', 'report', 'remind'])(
  '%s --help has examples and needs no server',
  async (name) => {
    for (const language of ['nl', 'en']) {
      const { out, code } = await typeCommand('/nonexistent', [name, '--help', '--lang', language]);
      expect(code).toBe(0);
      expect(out).toContain(`npm run admin -- ${name}`);
    }
  },
);
