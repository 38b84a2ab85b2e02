import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { showInLines } from '../../admin-tui/lines/line-mode.ts';
import { homeScreen } from '../../admin-tui/screens/home.ts';
import { newPersonScreen } from '../../admin-tui/screens/new-person.ts';
import { peopleScreen } from '../../admin-tui/screens/people.ts';
import { personScreen } from '../../admin-tui/screens/person.ts';
import { welcomeScreen } from '../../admin-tui/screens/welcome.ts';
import type { Screen } from '../../admin-tui/stage/screen.ts';
import { openStage } from '../../admin-tui/stage/stage.ts';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { serveAdmin } from '../../src/admin-api/serve.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { kitAt } from './screens/open-screen.tsx';
import { openSlowDoor } from './slow-door.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  const door = kitAt(house).door();
  for (const [userName, displayName] of [
    ['jan', 'Jan de Vries'],
    ['zoe', 'Zoë de Vries'],
  ] as const)
    await door.people.$post({ json: { userName, displayName, language: 'nl' } });
});
afterAll(() => house.close());

const keys = {
  down: '\u001b[B',
  up: '\u001b[A',
  right: '\u001b[C',
  enter: '\r',
  back: '\u007f',
  help: '?',
  escape: '\u001b',
};

/** Line mode as a screen reader hears it: everything that was written, in order. */
function openLines(kit: ReturnType<typeof kitAt>, screen: Screen) {
  const stage = openStage(kit, screen);
  const stdin = Object.assign(new PassThrough(), { setRawMode: () => {} });
  let written = '';
  const stdout = { write: (text: string) => (written += text) };
  const left = showInLines(stage, kit, { stdin, stdout });
  onTestFinished(async () => {
    stage.press({ key: 'leave' });
    await left;
  });
  return {
    all: () => written,
    lines: () => written.split('\n'),
    async hear(what: string | RegExp) {
      await expect.poll(() => written, { timeout: 60_000, interval: 10 }).toMatch(what);
    },
    async press(...pressed: (keyof typeof keys | { text: string })[]) {
      for (const key of pressed) {
        await expect.poll(() => stage.get().busy).toBe(false);
        stdin.write(typeof key === 'string' ? keys[key] : key.text);
        await new Promise((resolve) => setTimeout(resolve, key === 'escape' ? 600 : 10));
      }
    },
  };
}

describe('line mode', () => {
  it('says a screen once, and each choice as one line with its place', async () => {
    const kit = kitAt(house);
    const heard = openLines(kit, peopleScreen(kit));
    await heard.hear('1 van 2: Jan de Vries, jan, niet geregistreerd');
    await heard.press('down');
    await heard.hear('2 van 2: Zoë de Vries, zoe, niet geregistreerd');
    expect(heard.lines().filter((line) => line === 'Personen')).toHaveLength(1);
  });

  it('has no boxes and no codes that move the cursor', async () => {
    const kit = kitAt(house);
    const heard = openLines(kit, homeScreen(kit));
    await heard.hear('1 van 11: Overzicht');
    await heard.press('enter');
    await heard.hear(/doet mee: 2, 100 %/);
    for (const mark of ['─', '│', '┌', '█', '░', '\u001b', '\r']) expect(heard.all()).not.toContain(mark);
  });

  it('reads a card whole, and then lets one go through it', async () => {
    const kit = kitAt(house);
    const heard = openLines(kit, personScreen(kit, { userName: 'zoe', displayName: 'Zoë de Vries' }));
    await heard.hear(/\nGebruiker: zoe\nNaam: Zoë de Vries\nTaal: Nederlands\n/);
    await heard.press('down');
    await heard.hear(/2 van \d+: Laatste controle/);
  });

  it('asks one field after another, echoes what is typed and never a password', async () => {
    const kit = kitAt(house);
    const heard = openLines(kit, welcomeScreen(kit));
    await heard.hear('1 van 3: Aanmelden');
    await heard.press('enter');
    await heard.hear('Veld 1 van 2, Gebruikersnaam: ');
    await heard.press({ text: 'annab' }, 'back', 'enter');
    await heard.hear('Gebruikersnaam: annab\b \b\nVeld 2 van 2, Wachtwoord, wordt niet getoond: ');
    await heard.press({ text: 'wrong' }, 'enter');
    await heard.hear(/Fout: Deze naam en dit wachtwoord.*\nVeld 2 van 2/);
    await heard.press({ text: 'correct horse battery' }, 'enter');
    await heard.hear('Beginscherm');
    expect(heard.all()).not.toMatch(/wrong|correct|\*/);
  });

  it('finds as one types, and says what was found', async () => {
    const kit = kitAt(house);
    const heard = openLines(kit, peopleScreen(kit));
    await heard.hear('2 regels.');
    await heard.press({ text: '/' });
    await heard.hear(/\nNaam of gebruikersnaam: $/);
    await heard.press({ text: 'zo' });
    await heard.hear(/\n1 regel\.\nNaam of gebruikersnaam: zo/);
    await heard.press('enter');
    await heard.hear('1 van 1: Zoë de Vries');
  });

  it('tells the keys when asked, and comes back to the choice', async () => {
    const kit = kitAt(house, { language: 'en' });
    const heard = openLines(kit, homeScreen(kit));
    await heard.press('help');
    await heard.hear(/Keys on this screen\n↑↓: choose\nenter: open\n(.*\n){3}1 of 11: Overview/);
    await heard.press('down');
    await heard.hear('2 of 11: Policy');
  });
});

describe('keys that are pressed before the rows are there', () => {
  it('are obeyed once the rows were read, and nothing that comes between stays unsaid', async () => {
    const door = await openSlowDoor(house.socket);
    const kit = kitAt({ ...house, socket: door.socket });
    const lines = openLines(kit, peopleScreen(kit));
    await expect.poll(door.waiting, { timeout: 60_000 }).toBe(1);
    await lines.press('down', 'enter', { text: 'k' }, { text: '020 794 0000' }, 'enter');
    expect(lines.all()).not.toContain('Zoë');
    door.release();
    await lines.hear('De kantoortelefoon is bewaard: nummer dat eindigt op 00.');
    for (const said of ['1 van 2: Jan de Vries', '2 van 2: Zoë de Vries', 'Kantoortelefoon: 020 794 0000'])
      expect(lines.all()).toContain(said);
  });
});

describe('when the server is lost', () => {
  it('line mode says so, tries again by itself, and keeps what was typed', async () => {
    const at = { ...house, socket: house.socket.replace('admin.sock', 'other.sock') };
    const kit = kitAt(at);
    const lines = openLines(kit, peopleScreen(kit));
    await lines.hear('Fout: Sparekey draait niet');
    const door = await serveAdmin(adminApi(house.deps), at.socket);
    await lines.hear('1 van 2: Jan de Vries');
    await lines.press({ text: 'n' }, { text: 'noor' }, 'enter', { text: 'Noor Bos' });
    await lines.hear('Naam: Noor Bos');
    await door.close();
    const before = lines.all().length;
    await lines.press({ text: '\u0013' });
    await expect.poll(() => lines.all().slice(before)).toContain('Fout: Sparekey draait niet');
    const again = await serveAdmin(adminApi(house.deps), at.socket);
    await lines.press({ text: '\u0013' });
    await lines.hear('noor is toegevoegd');
    await again.close();
  });
});

describe('when the session has ended', () => {
  it('line mode asks to sign in again, and goes on with what was typed', async () => {
    const kit = kitAt(house, { token: await house.signIn('anna') });
    const lines = openLines(kit, newPersonScreen(kit));
    await lines.press({ text: 'bram' }, 'enter', { text: 'Bram Bos' });
    await lines.hear('Naam: Bram Bos');
    await house.deps.db.deleteFrom('administrator_sessions').execute();
    await lines.press({ text: '\u0013' });
    await lines.hear('Uw sessie is beëindigd. Meld u opnieuw aan; wat u typte, staat er nog.');
    const before = lines.all().length;
    await lines.press({ text: 'correct horse battery' }, 'enter');
    await lines.hear('U bent weer aangemeld en kunt verder waar u was.');
    await expect.poll(() => lines.all().slice(before)).toContain('Naam: Bram Bos');
    expect(lines.all()).not.toContain('correct horse');
    await lines.press({ text: '\u0013' });
    await lines.hear('bram is toegevoegd');
  });
});
