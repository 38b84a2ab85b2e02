import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordEvent } from '../../src/audit/audit.ts';
import { makeSealer } from '../../src/audit/sealer.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { typeCommand } from './type-command.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await openAdminHouse();
});
afterEach(() => house.close());

const type = (...args: string[]) => typeCommand(house.dataDir, args);
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

/** A person who has proven a phone and a mailbox, as far as the person's row tells. */
async function addReady(name: string): Promise<void> {
  await type('people', 'add', name, '--name', name);
  await house.deps.db
    .updateTable('people')
    .set({ proven_methods: 3, last_check_at: testTime })
    .where('user_name', '=', name)
    .execute();
}

describe('policy', () => {
  it('preview says what would change for whom, and saves nothing', async () => {
    await addReady('zoe');
    const told = await type('policy', 'preview', 'authenticationEmail=false');
    expect(told).toMatchObject({ code: 0, said: '' });
    expect(told.out).toMatch(/^Setting +Was +Becomes$/m);
    expect(told.out).toMatch(/^authenticationEmail +true +false$/m);
    expect(told.out).toContain('1 person could no longer reset the password.');
    const json = await type('policy', 'preview', 'authenticationEmail=false', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({ basedOn: 0, effects: { losesReset: 1 } });
    expect((await type('policy', 'preview', 'postponeDays=7')).said).toContain('Nothing changes');
    expect((await type('policy', 'show')).said).toBe('version 0\n');
  });

  it('set takes nothing from anybody without --yes', async () => {
    await addReady('zoe');
    const held = await type('policy', 'set', 'authenticationEmail=false');
    expect(held).toMatchObject({ code: 1, out: '' });
    expect(held.said).toContain('1 person could no longer reset');
    expect(held.said).toContain('--yes');
    const saved = await type('policy', 'set', 'authenticationEmail=false', '--yes');
    expect(saved).toMatchObject({ code: 0, said: expect.stringContaining('saved as version 1') });
  });

  it('set on an older version is told what is different since, and by whom', async () => {
    await type('policy', 'set', 'postponeDays=3');
    const late = await type('policy', 'set', 'keepAuditDays=90', '--based-on', '0', '--lang', 'nl');
    expect(late).toMatchObject({ code: 1, out: '' });
    expect(late.said).toContain('Gewijzigd sinds versie 0:');
    expect(late.said).toMatch(/^postponeDays +7 +3$/m);
    expect(late.said).toContain('Door: anna');
    expect(late.said).toContain('intussen door iemand anders gewijzigd');
  });

  it('versions are listed and compared, and back makes an earlier one the newest', async () => {
    await type('policy', 'set', 'postponeDays=3');
    await type('policy', 'set', 'methodsToReset=1', 'keepAuditDays=90');
    const { out } = await type('policy', 'versions');
    expect(out).toMatch(/^2 +2026-11-01 12:00 +anna +methodsToReset, keepAuditDays$/m);
    expect(out).toMatch(/^0 +- +default +-$/m);
    expect((await type('policy', 'compare', '2', '0')).out).toMatch(/^postponeDays +7 +3$/m);
    expect((await type('policy', 'compare', '1')).out).not.toContain('keepAuditDays');
    expect((await type('policy', 'compare', '1', '1')).said).toContain('the same');
    expect(await type('policy', 'back', '0')).toMatchObject({
      code: 0,
      said: expect.stringContaining('saved as version 3'),
    });
    const shown = await type('policy', 'show', '--format', 'json');
    expect(JSON.parse(shown.out)).toMatchObject({
      version: 3,
      policy: { postponeDays: 7, methodsToReset: 2 },
    });
    const first = await type('policy', 'show', '--version', '1', '--format', 'json');
    expect(JSON.parse(first.out)).toMatchObject({ version: 1, by: 'anna', policy: { postponeDays: 3 } });
    expect((await type('policy', 'show', '--version', '9')).code).toBe(1);
  });
});

describe('questions', () => {
  it('are edited, moved, retired and approved again', async () => {
    const added = await type('questions', 'add', '--nl', 'Welk boek las u steeds?');
    const id = /id (\S+)\.$/m.exec(added.said)?.[1] ?? '';
    expect((await type('questions', 'edit', id, '--en', 'Which book?', '--correction')).said).toContain(
      'corrected',
    );
    const list: { id: string; nl: string; en: string }[] = JSON.parse(
      (await type('questions', 'list', '--format', 'json')).out,
    );
    expect(list.at(-1)).toMatchObject({ id, nl: 'Welk boek las u steeds?', en: 'Which book?' });
    const replaced = await type(
      'questions',
      'edit',
      id,
      '--nl',
      'Welke film zag u?',
      '--en',
      '',
      '--new-meaning',
    );
    expect(replaced.said).toContain(`The question ${id} is retired; the new question has id`);
    expect((await type('questions', 'move', 'cuddly-toy-name', '--last')).code).toBe(0);
    expect((await type('questions', 'list')).out.trimEnd().split('\n').at(-2)).toMatch(/^cuddly-toy-name/);
    await type('questions', 'retire', 'cuddly-toy-name');
    expect((await type('questions', 'list', '--all')).out).toContain('cuddly-toy-name (retired)');
    expect((await type('questions', 'approve', 'cuddly-toy-name')).said).toContain('approved again');
    expect(await type('questions', 'edit', 'cuddly-toy-name', '--nl', 'Wat?', '--correction')).toMatchObject({
      code: 1,
      said: expect.stringContaining('turned on or off'),
    });
  });
});

describe('audit', () => {
  it('is listed with names, filtered, and as JSON', async () => {
    await type('people', 'add', 'zoe', '--name', 'Zoë');
    await type('policy', 'set', 'postponeDays=3');
    const { out, said } = await type('audit', 'list', '--actor', 'anna', '--from', '2026-11-01');
    expect(said).toBe('');
    expect(out).toMatch(
      /^2026-11-01 12:00 +policy-replaced +done +anna +- +from=0 to=1 changed=postponeDays$/m,
    );
    expect(out).toMatch(/person-added +done +anna +zoe /);
    const json = await type('audit', 'list', '--person', 'zoe', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject([{ event: 'person-added', person: 'zoe' }]);
    expect(await type('audit', 'list', '--limit', '1')).toMatchObject({
      code: 0,
      said: expect.stringContaining('There is more'),
    });
    expect((await type('audit', 'list', '--kind', 'audit-pruned')).said).toBe('Nothing was found.\n');
    expect(await type('audit', 'list', '--person', 'nobody')).toMatchObject({ code: 1, out: '' });
  });

  it('is taken out whole, byte for byte what the door gives', async () => {
    const actor = { kind: 'system' } as const;
    for (let n = 0; n < 30; n++)
      await recordEvent(house.deps.db, testTime, {
        event: 'code-refused',
        actor,
        address: 'a\r\n"b"',
        details: { n },
      });
    const csv = await type('audit', 'export', '--kind', 'code-refused');
    const rows: Record<string, string>[] = parse(csv.out, { columns: true });
    expect(rows).toHaveLength(30);
    expect(rows[0]).toMatchObject({ address: 'a\r\n"b"' });
    const lines = (await type('audit', 'export', '--format', 'ndjson', '--kind', 'code-refused')).out;
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).details.n),
    ).toEqual(Array.from({ length: 30 }, (_, n) => 29 - n));
  });

  it('is verified: 0 when it is sound, 1 with where when it is not', async () => {
    await type('policy', 'set', 'postponeDays=3');
    await makeSealer(house.deps).finish();
    const sound = await type('audit', 'verify');
    expect(sound).toMatchObject({ code: 0, said: '' });
    expect(sound.out).toContain('The audit is sound. Rows: 1, in sealed batches: 1.');
    const { head } = JSON.parse((await type('audit', 'verify', '--format', 'json')).out);
    expect((await type('audit', 'verify', '--head', head)).code).toBe(0);
    await house.deps.db.updateTable('audit').set({ actor: 'somebody-else' }).where('seq', '=', 1).execute();
    const found = await type('audit', 'verify', '--lang', 'nl');
    expect(found).toMatchObject({ code: 1, said: 'Het logboek klopt niet meer met zijn zegels.\n' });
    expect(found.out).toContain('regel 1: hier is iets gewijzigd (2026-11-01 12:00)');
  });
});

describe('what is typed wrongly', () => {
  it.each([
    [['policy', 'back', 'x']],
    [['policy', 'compare', '1', '2', '3']],
    [['policy', 'show', '--version', '-1']],
    [['questions', 'edit', 'x', '--nl', 'Vraag?']],
    [['questions', 'edit', 'x', '--correction']],
    [['questions', 'move', 'x']],
    [['questions', 'move', 'x', '--before', 'y', '--last']],
    [['audit', 'list', '--outcome', 'perhaps']],
    [['audit', 'list', '--limit', '0']],
    [['audit', 'export', '--format', 'xml']],
    [['audit', 'dance']],
  ])('%j ends with 2 and says where to look', async (args) => {
    const told = await type(...args);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.said).toContain('See: npm run admin -- ');
  });
});

it.each(['policy', 'questions', 'audit'])('%s --help fits 80 columns, in both languages', async (command) => {
  for (const language of ['nl', 'en']) {
    const { out, code } = await type(command, '--help', '--lang', language);
    expect(code).toBe(0);
    expect(out).toContain('npm run admin -- ');
    expect(widest(out)).toBeLessThanOrEqual(80);
  }
});
