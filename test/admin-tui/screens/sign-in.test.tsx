import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeKit } from '../../../admin-tui/open-screens.ts';
import { homeScreen } from '../../../admin-tui/screens/home.ts';
import { passwordForm } from '../../../admin-tui/screens/own-password.ts';
import { signInScreen } from '../../../admin-tui/screens/sign-in.ts';
import { firstScreen, welcomeScreen } from '../../../admin-tui/screens/welcome.ts';
import { adminApi } from '../../../src/admin-api/admin-api.ts';
import { serveAdminTls } from '../../../src/admin-api/serve-tls.ts';
import { makeRecovery } from '../../../src/administrators/recovery.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { addAdministrator, administratorPassword } from '../../helpers/administrators.ts';
import { makeCertificate } from '../../helpers/certificate.ts';
import { startTestHouse, type TestHouse } from '../../helpers/test-house.ts';
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
    const screen = openScreen(kit, firstScreen(kit));
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

it('a new password that cannot be chosen is typed anew twice, and the one there is not', async () => {
  const kit = kitAt(house);
  const screen = openScreen(kit, passwordForm(kit));
  await screen.type(`${administratorPassword}\rshort\rshort`);
  await screen.press('enter');
  const seen = await screen.see(/› \S.*\n +Fout: Kies een wachtwoord/);
  expect(seen.match(/\*+/g)).toEqual(['*'.repeat(administratorPassword.length)]);
});

describe('the first screen', () => {
  it('offers to become the first administrator only as long as there is none', async () => {
    const kit = kitAt(house);
    const seen = await openScreen(kit, welcomeScreen(kit)).see('› Aanmelden');
    expect(seen).toContain('Een uitnodiging aannemen');
    expect(seen).not.toContain('eerste beheerder');
    const fresh = await openAdminHouse();
    onTestFinished(() => fresh.close());
    await fresh.deps.db.deleteFrom('administrator_sessions').execute();
    await fresh.deps.db.deleteFrom('administrators').execute();
    const there = kitAt(fresh);
    const first = await openScreen(there, welcomeScreen(there)).see('› De eerste beheerder worden');
    expect(first).toContain('Er is nog geen beheerder.');
    expect(first).not.toMatch(/^ +Aanmelden|uitnodiging/m);
  });

  it('lets in again who forgot the password, by a token of the server’s machine', async () => {
    const kit = kitAt(house);
    kit.session.me = undefined;
    await addAdministrator(house.deps, 'bea');
    const made = await makeRecovery(house.deps, 'bea');
    const screen = openScreen(kit, welcomeScreen(kit));
    await screen.press('end', 'enter');
    expect(await screen.see('Wachtwoord vergeten')).toContain('sparekey recover-administrator');
    await screen.type('wrong\rthe new phrase\rthe new phrase\r');
    await screen.see(/› Code +wrong\n +Fout: /);
    await screen.press('clear');
    await screen.type(`${made.result === 'made' ? made.token : ''}\r\r\r`);
    await screen.see('U hebt een nieuw wachtwoord. Meld u nu aan.');
    await screen.type('the new phrase\r');
    await screen.see('Welkom, bea.');
  });
});

describe('from another machine', () => {
  it('a code from the mail is asked, a wrong one is said, and the right one lets in', async () => {
    const { house: home, stop } = await startTestHouse();
    onTestFinished(stop);
    await addAdministrator(home.deps, 'anna', { mail: 'anna@example.org' });
    const kit = makeKit({ url: await openOutside(home) }, 'nl', true);
    const screen = openScreen(kit, signInScreen(kit));
    await screen.type(`anna\r${administratorPassword}\r`);
    await screen.see('Er is een code gemaild naar a…@example.org.');
    const code = await home.codeFor('anna@example.org');
    await screen.type(code === '000000' ? '111111' : '000000');
    await screen.press('enter');
    await screen.see(/› Code +\d{6}\n +Fout: Deze code klopt niet/);
    await screen.press('clear');
    await screen.type(`${code.slice(0, 3)} ${code.slice(3)}`);
    await screen.press('enter');
    await screen.see('Welkom, anna.');
    expect(await home.audit()).toContainEqual(
      expect.objectContaining({ event: 'administrator-code-refused' }),
    );
  });
});

/** Opens the door over TLS, its certificate trusted, and gives its address. */
async function openOutside(home: TestHouse): Promise<string> {
  const { cert, key } = makeCertificate();
  const [certFile, keyFile] = [join(home.folder, 'door.crt'), join(home.folder, 'door.key')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  const door = await serveAdminTls(adminApi(home.deps, 'tcp'), {
    host: '127.0.0.1',
    port: 0,
    certFile,
    keyFile,
  });
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, cert.toString()]);
  onTestFinished(async () => {
    setDefaultCACertificates(trusted);
    await door.close();
  });
  return `https://127.0.0.1:${door.port}`;
}

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
