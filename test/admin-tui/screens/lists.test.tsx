import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditScreen } from '../../../admin-tui/screens/audit.ts';
import { groupsScreen } from '../../../admin-tui/screens/groups.ts';
import { overdueScreen } from '../../../admin-tui/screens/overdue.ts';
import { overviewScreen } from '../../../admin-tui/screens/overview.ts';
import type { Screen, Tools } from '../../../admin-tui/stage/screen.ts';
import type { AuditEvent } from '../../../src/audit/audit.ts';
import { writeState } from '../../../src/synchronisation/state.ts';
import { languages } from '../../../src/words/languages.ts';
import { wordsOf } from '../../../src/words/words.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../../helpers/admin-house.ts';
import { openSlowDoor } from '../slow-door.ts';
import { typeCommand } from '../type-command.ts';
import { kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sk-'));
  house = await openAdminHouse();
  const door = kitAt(house).door();
  const groups = ['Personeel'];
  for (let n = 1; n <= 30; n += 1) {
    const number = String(n).padStart(2, '0');
    const workMailbox = n % 2 ? `p${number}@example.org` : null;
    await door.people.$post({
      json: { userName: `p${number}`, displayName: `Persoon ${number}`, workMailbox, groups },
    });
  }
  for (const userName of ['p01', 'p02', 'p03'])
    await door.people[':userName'].demand.$post({ param: { userName } });
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

function open(screen: (tools: Tools) => Screen, seat: Parameters<typeof kitAt>[1] = {}) {
  const kit = kitAt(house, seat);
  return openScreen(kit, screen(kit), seat.size);
}

describe('the overview', () => {
  it('has a bar and a number for each, whole at 80 by 24', async () => {
    const seen = await open(overviewScreen).see('30 personen');
    expect(seen).toMatch(/› doet mee +30 +100 % +█+$/m);
    expect(seen).toMatch(/kan herstellen +0 +0 % +░+$/m);
    expect(seen).toMatch(/te laat +3 +10 % +█+░+$/m);
    expect(seen).toMatch(/controle nodig +0/);
    for (const line of seen.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('tells behind a key what was sent today and this month', async () => {
    const screen = open(overviewScreen);
    await screen.see('30 personen');
    await screen.press({ letter: 'v' });
    expect(await screen.see('Verstuurd')).toMatch(/E-mails +0 vandaag +0 deze maand/);
  });

  it('opens the list behind a bar', async () => {
    const screen = open(overviewScreen);
    await screen.press('down', 'enter');
    expect(await screen.see('Getoond: uitgeschakeld')).toContain('Niemand staat er zo voor.');
    await screen.press('escape', 'end', 'up', 'up', 'up', 'enter');
    expect(await screen.see('Waarom: gevraagd door een beheerder')).toContain('Persoon 01');
  });
});

describe('the overview of people who stand in a directory', () => {
  it('tells who is missing there, too many at once to be disabled, and how that is confirmed', async () => {
    const own = await openAdminHouse({
      DIRECTORY_URL: 'ldaps://ldap.example.org',
      DIRECTORY_BASE: 'dc=example,dc=org',
      DIRECTORY_BIND_DN: 'cn=sparekey,dc=example,dc=org',
      DIRECTORY_PASSWORD: 'secret',
    });
    try {
      const held = { missing: 412, of: 600, since: testTime, knownAt: testTime };
      await writeState(own.deps.db, { mark: '1', wholeAt: testTime, held });
      const kit = kitAt(own);
      const told = /ontbreken 412 van de 600 .*sparekey directory sync --accept-losses 412/;
      const seen = await openScreen(kit, overviewScreen(kit)).see('accept-losses');
      expect(seen.replace(/\s+/g, ' ')).toMatch(told);
      for (const line of seen.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      expect((await typeCommand(own.dataDir, ['overview', '--lang', 'nl'])).out).toMatch(told);
    } finally {
      await own.close();
    }
  });
});

describe('who is overdue', () => {
  it('is listed with why and since when, sorted, filtered and searched', async () => {
    const screen = open(overdueScreen);
    const seen = await screen.see('In totaal 3 te laat.');
    expect(seen).toMatch(/› Persoon 01 +p01 +gevraagd door een beheerder +2026-11-01 +0/);
    await screen.press({ letter: 's' }, { letter: 'v' });
    expect(await screen.see('Op: naam · Volgorde: aflopend'.replaceAll(' · ', '  ·  '))).toMatch(
      /› Persoon 03|Persoon 03/,
    );
    await screen.press({ letter: '/' });
    await screen.type('p02');
    await expect.poll(screen.read).not.toContain('Persoon 01');
    await screen.press('enter', { letter: 'w' }, { letter: 'w' });
    await screen.see('Niemand die te laat is, past bij deze keuzes.');
  });

  it('is exported into a new file that is nobody else’s', async () => {
    const screen = open(overdueScreen);
    await screen.press({ letter: 'e' }, 'down', 'clear');
    const file = join(folder, 'late.csv');
    await screen.type(file);
    await screen.press('enter');
    await screen.see('Geschreven in');
    expect((await readFile(file, 'utf8')).split('\n')[0]).toMatch(/userName.displayName.reason/);
    await screen.press({ letter: 'e' }, 'down', 'clear');
    await screen.type(file);
    await screen.press('enter');
    await screen.see('Fout: Dit bestand is er al. Geef een andere naam.');
  });

  it('is exported as work that can be stopped, which leaves no half file', async () => {
    const door = await openSlowDoor(house.socket);
    const kit = kitAt({ ...house, socket: door.socket });
    const screen = openScreen(kit, overdueScreen(kit));
    door.release();
    await screen.see('Persoon 01');
    door.hold();
    const file = join(folder, 'stopped.csv');
    await screen.press({ letter: 'e' }, 'down', 'clear');
    await screen.type(file);
    await screen.press('enter');
    await screen.see('esc stoppen');
    await screen.press('escape');
    await screen.see('Gestopt. Het halve bestand is weggehaald.');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    door.release();
    await screen.press('enter');
    await screen.see('Geschreven in');
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(4);
  });

  it('is reminded only after it is said how many are', async () => {
    const screen = open(overdueScreen);
    await screen.press({ letter: 'h' });
    const asked = await screen.see('Te laat, met deze keuzes: 3.');
    expect(asked).toContain('Krijgt nu een herinnering per mail: 2.');
    expect(asked).toContain('Heeft geen werkadres: 1.');
    await screen.press('down', 'enter');
    await screen.see('Verstuurd: 2.');
    await screen.press({ letter: 'h' });
    await screen.see('Is het afgelopen etmaal al herinnerd: 2.');
  });
});

describe('the audit', () => {
  it('is filtered, opened and verified', async () => {
    const screen = open(auditScreen, { size: { columns: 100, rows: 30 } });
    expect(await screen.see('te laat geëxporteerd')).toContain('opnieuw gevraagd');
    await screen.press({ letter: 'p' });
    await screen.type('p02');
    await screen.press('enter');
    expect(await screen.see('Over: p02')).not.toContain('p01');
    await screen.press('enter');
    expect(await screen.see(/Uitkomst +gelukt/)).toMatch(/Soort +[a-z]+(-[a-z]+)+$/m);
    await screen.press('escape', { letter: 'p' }, 'clear');
    await screen.type('nobody-here');
    await screen.press('enter');
    await screen.see('Fout: ');
    await screen.press({ letter: 'p' }, 'clear', 'enter', { letter: 'n' });
    await screen.see(/Het logboek klopt/);
  });
});

it('every kind of event has words in both languages, short enough for its column', () => {
  for (const language of languages) {
    const events: Readonly<Record<AuditEvent, string>> = wordsOf(language).screens.audit.events;
    for (const words of Object.values(events)) expect(words).toMatch(/^.{5,32}$/);
  }
});

describe('groups', () => {
  it('are listed with their members, who come and go', async () => {
    const screen = open(groupsScreen);
    expect(await screen.see('Personeel')).toMatch(/› Personeel +30/);
    await screen.press({ letter: 'n' });
    await screen.type('Nachtdienst\rp07\r');
    await screen.see('Persoon 07 zit nu in Nachtdienst.');
    await screen.press('home', 'enter');
    await screen.see('Persoon 07');
    await screen.press({ letter: 'w' });
    await screen.see('Persoon 07 hoort dan niet meer bij Nachtdienst.');
    await screen.press('down', 'enter');
    await screen.see('Persoon 07 zit niet meer in Nachtdienst.');
  });

  it('are paged through to the end', async () => {
    const screen = open(groupsScreen);
    await screen.press('enter', 'end');
    expect(await screen.see('› p30')).toContain('30 van 30');
  });
});
