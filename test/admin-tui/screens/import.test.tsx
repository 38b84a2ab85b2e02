import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importsScreen } from '../../../admin-tui/screens/imports.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { hugo, kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sk-'));
  house = await openAdminHouse();
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

function openImports(seat: Parameters<typeof kitAt>[1] = {}) {
  const kit = kitAt(house, seat);
  return openScreen(kit, importsScreen(kit), { columns: 90, rows: 40 });
}

/** Sends a file with these rows from the screens; the import is on the screen then. */
async function send(name: string, text: string) {
  await writeFile(join(folder, name), text);
  const screen = openImports();
  await screen.press({ letter: 'n' });
  await screen.type(join(folder, name));
  await screen.press('enter');
  return screen;
}

describe('an import', () => {
  it('says what is wrong with a file that cannot be read', async () => {
    const screen = openImports();
    expect(await screen.see('Er is nog niets gestuurd.')).toContain('nieuw bestand');
    await screen.press({ letter: 'n' });
    await screen.type(join(folder, 'nowhere.csv'));
    await screen.press('enter');
    await screen.see('Fout: Dit bestand is er niet.');
    await screen.press('clear');
    await screen.type(folder);
    await screen.press('enter');
    await screen.see('Fout: Dit is een map.');
  });

  it('shows how the file is read, and lets a column be chosen', async () => {
    const rows = ['piet;Piet Puk;020 794 0001', 'jan;Piet Puk;020 794 0002'];
    const screen = await send('guess.csv', `login;Iets;tel werk\n${rows.join('\n')}\n`);
    const look = await screen.see('Kolommen (gelezen als UTF-8, gescheiden door puntkomma)');
    expect(look).toMatch(/login +gebruikersnaam +piet/);
    expect(look).toMatch(/Iets +overslaan/);
    await screen.press('down', 'enter');
    await screen.see('Wat staat er in de kolom “Iets”?');
    expect(screen.read()).toContain('Nu: overslaan.');
    expect(screen.read()).toMatch(/Zoals: [^·\n]+$/m);
    await screen.press('down', 'down');
    await screen.see('› weergavenaam');
    await screen.press('enter');
    await screen.see(/Iets +weergavenaam \(zelf gekozen\)/);
    await screen.press({ letter: 'w' });
    await screen.see('De import en zijn bestand zijn weggegooid.');
  });

  it('is tried first, then run, and tells where the result of each row is', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `m${n},Mens ${n},m${n}@example.org`);
    const text = `gebruikersnaam,weergavenaam,e-mail werk\n${rows.join('\n')}\n,Naamloos,\n`;
    const screen = await send('mensen.csv', text);
    await screen.see('Klaar voor een proefronde. Kijk of de kolommen kloppen');
    await screen.press({ letter: 'p' });
    const dry = await screen.see('Proefronde gedaan. Er is nog niets veranderd.');
    expect(dry).toMatch(/Dit zou er gebeuren\n.*rijen gelezen +41/);
    expect(dry).toMatch(/toegevoegd +40/);
    expect(dry).toMatch(/geweigerd +1/);
    expect(dry).toMatch(/regel 42 .*De gebruikersnaam ontbreekt/);
    await screen.press('end', { letter: 'u' });
    await screen.see(/40 personen worden toegevoegd of gewijzigd; 1 rij wordt geweigerd en verandert niets/);
    expect(screen.read()).toContain('enter bevestigen');
    await screen.press('down', 'enter');
    await screen.see('Het resultaat per rij staat in');
    expect(screen.read()).toMatch(/Dit is er gebeurd\n {2}› rijen gelezen/);
    expect(await readdir(folder)).toContain('mensen-resultaat.csv');
    expect((await readFile(join(folder, 'mensen-resultaat.csv'), 'utf8')).trim().split('\n')).toHaveLength(
      42,
    );
    const people = await house.deps.db.selectFrom('people').select('id').execute();
    expect(people).toHaveLength(40);
  });

  it('is stopped in the middle: whole rows stay, and the same file does the rest', async () => {
    const count = 20_000;
    const rows = Array.from({ length: count }, (_, n) => `k${n},Klant ${n}`);
    const screen = await send('veel.csv', `gebruikersnaam,weergavenaam\n${rows.join('\n')}\n`);
    await screen.see('Klaar voor een proefronde.');
    await screen.press({ letter: 'p' });
    await expect.poll(screen.read, { timeout: 60_000 }).toContain('Proefronde gedaan');
    expect(screen.read()).toMatch(/toegevoegd +20\.000/);
    await screen.press({ letter: 'u' }, 'down', 'enter');
    await expect.poll(screen.read, { timeout: 60_000, interval: 5 }).toContain('esc stoppen');
    await screen.type('\u001b');
    await expect.poll(screen.read, { timeout: 60_000 }).toContain('Wat gedaan is, is gedaan');
    const told = /toegevoegd +([\d.]+)/.exec(screen.read())?.[1]?.replaceAll('.', '');
    const { done } = await house.deps.db
      .selectFrom('people')
      .select((eb) => eb.fn.countAll().as('done'))
      .where('user_name', 'like', 'k%')
      .executeTakeFirstOrThrow();
    expect(Number(done)).toBe(Number(told ?? 0));
    expect(Number(done)).toBeLessThan(count);
    await house.deps.db.deleteFrom('people').where('user_name', 'like', 'k%').execute();
  });

  it('is looked at by helpdesk, who can send nothing', async () => {
    const seen = await openImports({ me: hugo }).see('mensen.csv');
    expect(seen).toMatch(/mensen.csv +klaar +41/);
    expect(seen).not.toContain('nieuw bestand');
  });
});
