import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeScreen } from '../../../admin-tui/screens/home.ts';
import { welcomeScreen } from '../../../admin-tui/screens/welcome.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { anna, hugo, kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

describe('signing in at the screens', () => {
  it('says a wrong password at its field, empties it, and lets the right one in', async () => {
    const kit = kitAt(house);
    kit.session.token = undefined;
    const screen = openScreen(kit, welcomeScreen(kit));
    await screen.see('› Aanmelden');
    await screen.press('enter');
    await screen.see('Meld u aan als beheerder of helpdesk.');
    await screen.type('anna\r');
    await screen.type('not the password');
    expect(await screen.see(/› Wachtwoord +\*{16}$/m)).not.toContain('not the password');
    await screen.press('enter');
    expect(await screen.see('Fout: Deze naam en dit wachtwoord')).not.toContain('***');
    await screen.type('correct horse battery');
    await screen.press('enter');
    await screen.see(/^ {2}Sparekey › Beginscherm +\S/m);
    expect(kit.session.token).toMatch(/^[\w-]{20,}/);
  });

  it('speaks the administrator’s own language from then on, unless another was asked for', async () => {
    const kit = kitAt(house);
    kit.session.languageChosen = false;
    const screen = openScreen(kit, welcomeScreen(kit));
    await screen.press('enter');
    await screen.type('anna\rcorrect horse battery\r');
    await screen.see('Where do you want to go?');
  });

  it('asks for the one-time token of the first administrator, and says why it is refused', async () => {
    const kit = kitAt(house);
    const screen = openScreen(kit, welcomeScreen(kit));
    await screen.press('down', 'enter');
    await screen.see('De eerste beheerder');
    await screen.type('wrong-token\rbea\rBea\r');
    await screen.press('enter', 'enter');
    await screen.type('correct horse battery\rcorrect horse batterx');
    await screen.press('enter');
    await screen.see('Fout: De twee wachtwoorden zijn niet gelijk.');
    await screen.type('correct horse battery\r');
    await screen.see(/› Code +wrong-token\n +Fout: /);
  });
});

describe('the first menu', () => {
  it('shows an administrator everything', async () => {
    const kit = kitAt(house);
    const seen = await openScreen(kit, homeScreen(kit)).see('Welkom, Anna.');
    for (const name of ['Overzicht', 'Beleid', 'Personen', 'Te laat', 'Logboek', 'Toegangssleutels'])
      expect(seen).toMatch(new RegExp(`^ {2}(› | {2})${name}`, 'm'));
    expect(seen).toContain('Anna, beheerder');
  });

  it('shows helpdesk what helpdesk may see, in English too', async () => {
    const kit = kitAt(house, { me: hugo, language: 'en' });
    const seen = await openScreen(kit, homeScreen(kit)).see('Welcome, Hugo.');
    expect(seen).toContain('People');
    expect(seen).not.toMatch(/Audit|Administrators|API tokens/);
    expect(seen).toContain('Hugo, help desk');
  });

  it('is left by q, and by control-c from anywhere', async () => {
    for (const key of [{ letter: 'q' }, 'leave'] as const) {
      const kit = kitAt(house, { me: anna });
      const screen = openScreen(kit, homeScreen(kit));
      await screen.press(key);
      await screen.stage.ended;
    }
  });
});
