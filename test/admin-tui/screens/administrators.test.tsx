import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorsScreen } from '../../../admin-tui/screens/administrators.ts';
import { apiTokensScreen } from '../../../admin-tui/screens/api-tokens.ts';
import { welcomeScreen } from '../../../admin-tui/screens/welcome.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { kitAt, openScreen } from './open-screen.tsx';

const wide = { columns: 110, rows: 30 };

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

describe('administrators', () => {
  it('are invited by a token that is shown once, and choose their own password by it', async () => {
    const kit = kitAt(house);
    const screen = openScreen(kit, administratorsScreen(kit), wide);
    expect(await screen.see('anna')).toMatch(/hugo +hugo +helpdesk/);
    await screen.press({ letter: 'n' });
    await screen.type('ida\rIda\r');
    await screen.press('enter', 'save');
    const token = /^ {2}([\w-]{30,})$/m.exec(await screen.see('Dit is de code voor ida:'))?.[1] ?? '';
    await screen.press('enter');
    expect(await screen.see(/Uitgenodigd\n +ida +Ida +helpdesk/)).not.toContain(token);
    const visitor = openScreen(kit, welcomeScreen(kit), wide);
    await visitor.press('down', 'enter');
    await visitor.type(`${token}\ra long pass phrase\ra long pass phrase\r`);
    await visitor.see('Uw account is gemaakt. Meld u nu aan.');
    await visitor.type('a long pass phrase\r');
    await visitor.see('Ida, helpdesk');
  });

  it('get another mail address: one’s own with the password, that of another without', async () => {
    const kit = kitAt(house);
    const screen = openScreen(kit, administratorsScreen(kit), wide);
    await screen.press('home', { letter: 'e' });
    await screen.see('Uw eigen e-mailadres');
    await screen.type('anna@example.org\rwrong');
    await screen.press('enter');
    await screen.see(/› Wachtwoord nu *\n +Fout: Dit is niet uw wachtwoord/);
    await screen.type('correct horse battery\r');
    await screen.see('Het e-mailadres is gewijzigd.');
    expect(screen.read()).toMatch(/› anna .*a…@example\.org/);
    await screen.press('down', { letter: 'e' });
    expect(await screen.see('Het e-mailadres van hugo.')).not.toContain('Wachtwoord');
    await screen.type('hugo@example.org\r');
    await screen.see(/› hugo .*h…@example\.org/);
  });

  it('are removed after a question, but never the last one', async () => {
    const kit = kitAt(house);
    const screen = openScreen(kit, administratorsScreen(kit), wide);
    await screen.press('end', { letter: 'w' });
    await screen.see('ida kan hier dan niet meer komen.');
    await screen.press('down', 'enter');
    await screen.see('ida is geen beheerder meer.');
    await screen.press('home', { letter: 'w' }, 'down', 'enter');
    await screen.see('Fout: ');
  });
});

describe('API tokens', () => {
  it('are made for chosen things, shown once, and revoked', async () => {
    const kit = kitAt(house, { language: 'en' });
    const screen = openScreen(kit, apiTokensScreen(kit), wide);
    await screen.see('There are no API tokens yet.');
    await screen.press({ letter: 'n' });
    await screen.type('intranet');
    await screen.press('save');
    await screen.see('Error: Choose at least one thing that this token may do.');
    await screen.press('down', 'down', 'down', 'right', 'save');
    const token = /^ {2}([\w.-]{30,})$/m.exec(await screen.see('This is the token for intranet:'))?.[1] ?? '';
    await screen.press('enter');
    const seen = await screen.see(/› intranet +ask the status +anna +until/);
    expect(seen).not.toContain(token);
    await screen.press({ letter: 'x' });
    await screen.see('The API token is revoked.');
    expect(screen.read()).toMatch(/intranet .*revoked/);
  });
});
