import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeScreen } from '../../../admin-tui/screens/home.ts';
import { newPersonScreen } from '../../../admin-tui/screens/new-person.ts';
import { peopleScreen } from '../../../admin-tui/screens/people.ts';
import { adminApi } from '../../../src/admin-api/admin-api.ts';
import { serveAdmin } from '../../../src/admin-api/serve.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

describe('a session that has ended', () => {
  it('is said, and after signing in again one goes on with what one typed', async () => {
    const kit = kitAt(house, { token: await house.signIn('anna') });
    const screen = openScreen(kit, newPersonScreen(kit));
    await screen.type('noor\rNoor Bos\r');
    await screen.see(/Naam +Noor Bos/);
    await house.deps.db.deleteFrom('administrator_sessions').execute();
    await screen.press('save');
    const asked = await screen.see('Uw sessie is beëindigd. Meld u opnieuw aan; wat u typte, staat er nog.');
    expect(asked).toMatch(/Gebruikersnaam +anna/);
    await screen.type('correct horse battery\r');
    await screen.see('U bent weer aangemeld en kunt verder waar u was.');
    expect(screen.read()).toMatch(/Naam +Noor Bos/);
    await screen.press('save');
    await screen.see('noor is toegevoegd');
  });

  it('is asked for while rows are fetched too', async () => {
    const kit = kitAt(house, { token: 'x'.repeat(43) });
    const screen = openScreen(kit, peopleScreen(kit));
    await screen.see('Uw sessie is beëindigd.');
    await screen.type('correct horse battery\r');
    await screen.see(/noor +Noor Bos/);
  });
});

describe('a server that is away', () => {
  it('is said, tried again by itself, and typed text stays', async () => {
    const at = { ...house, socket: house.socket.replace('admin.sock', 'other.sock') };
    const kit = kitAt(at, { token: await house.signIn('anna') });
    const screen = openScreen(kit, peopleScreen(kit));
    await screen.see('Fout: Sparekey draait niet');
    const door = await serveAdmin(adminApi(house.deps), at.socket);
    await screen.see(/noor +Noor Bos/);
    await screen.press({ letter: 'n' });
    await screen.type('bram\rBram\r');
    await screen.see(/Naam +Bram/);
    await door.close();
    await screen.press('save');
    await screen.see('Fout: Sparekey draait niet');
    expect(screen.read()).toMatch(/Naam +Bram/);
    const again = await serveAdmin(adminApi(house.deps), at.socket);
    await screen.press('save');
    await screen.see('bram is toegevoegd');
    await again.close();
  });
});

describe('the window', () => {
  it('says so when it is too small, and shows the keys when asked', async () => {
    const kit = kitAt(house);
    expect(await openScreen(kit, homeScreen(kit), { columns: 50, rows: 10 }).see('te klein')).toContain('60');
    const screen = openScreen(kit, homeScreen(kit));
    await screen.press({ letter: '?' });
    expect(await screen.see('Toetsen op dit scherm')).toMatch(/↑↓ +kiezen\n.*enter +openen/);
    await screen.press('escape');
    await screen.see('Waar wilt u heen?');
  });

  it('is never steered by a name', async () => {
    await house.deps.db.updateTable('people').set({ display_name: 'a\u001b]0;x\u0007\u202eb' }).execute();
    const kit = kitAt(house, { token: await house.signIn('anna') });
    const seen = await openScreen(kit, peopleScreen(kit)).see('noor');
    expect(seen.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
