import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeScreen } from '../../../admin-tui/screens/home.ts';
import { peopleScreen } from '../../../admin-tui/screens/people.ts';
import { signInScreen } from '../../../admin-tui/screens/sign-in.ts';
import { addPerson } from '../../../src/people/write-person.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { openSlowDoor } from '../slow-door.ts';
import { kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  for (const [userName, displayName] of [
    ['abel', 'Abel Bos'],
    ['noor', 'Noor Bakker'],
    ['zoe', 'Zoë Jansen'],
  ] as const)
    await addPerson(
      house.deps,
      { userName, displayName, language: null, workMailbox: null, officePhone: null, groups: [] },
      { actor: { kind: 'system' } },
    );
});
afterAll(() => house.close());

/** A busy machine takes its time. */
const patient = { timeout: 60_000 };

/** The screen at a door that answers only when the test says so. */
async function openAtSlowDoor(first: (kit: ReturnType<typeof kitAt>) => Parameters<typeof openScreen>[1]) {
  const door = await openSlowDoor(house.socket);
  const kit = kitAt({ ...house, socket: door.socket });
  return { door, kit, screen: openScreen(kit, first(kit)) };
}

describe('keys that are pressed before the rows are there', () => {
  it('are kept, and obeyed in their order once the list has come', async () => {
    const { door, screen } = await openAtSlowDoor((kit) => peopleScreen(kit));
    await expect.poll(door.waiting, patient).toBe(1);
    for (const key of ['\u001b[B', '\r', 'k', '020 794 1234', '\r']) await screen.type(key);
    expect(screen.read()).not.toContain('Noor Bakker');
    door.release();
    await screen.see('De kantoortelefoon is bewaard: nummer dat eindigt op');
    expect(screen.read()).toContain('nummer dat eindigt op 34');
  });

  it('that do not need the rows are obeyed at once: search, back, help, and leave', async () => {
    const { door, screen } = await openAtSlowDoor(homeScreen);
    await screen.press('down', 'down', 'down', 'enter');
    await expect.poll(door.waiting, patient).toBe(1);
    await screen.type('/zo');
    await expect.poll(screen.read, patient).toMatch(/Naam of gebruikersnaam: zo/);
    await screen.type('\u001b');
    await expect.poll(screen.read, patient).not.toMatch(/Naam of gebruikersnaam: zo/);
    await screen.type('\u001b');
    await expect.poll(screen.read, patient).toContain('Waar wilt u heen?');
    await screen.type('\r');
    await screen.type('\u0003');
    await screen.stage.ended;
  });

  it('wait for what was searched, so that enter opens who was meant', async () => {
    const { door, screen } = await openAtSlowDoor((kit) => peopleScreen(kit));
    door.release();
    await screen.see('Abel Bos');
    door.hold();
    for (const key of ['/', 'zoe', '\r', '\r']) await screen.type(key);
    await expect.poll(door.waiting, patient).toBeGreaterThan(0);
    door.release();
    expect(await screen.see(/Gebruiker +\S/)).toMatch(/Gebruiker +zoe/);
  });
});

describe('keys that are pressed while an answer is awaited', () => {
  it('are kept, but the same key again does nothing twice', async () => {
    const { door, kit, screen } = await openAtSlowDoor((now) => signInScreen(now));
    kit.session.token = undefined;
    for (const key of ['anna\r', 'correct horse battery', '\r', '\r', '\r', '\u001b[B', '\r'])
      await screen.type(key);
    await expect.poll(door.waiting, patient).toBe(1);
    door.release();
    await screen.see('Versie 0 is van kracht.');
  });

  it('mean nothing any more when the answer is a refusal', async () => {
    const { door, kit, screen } = await openAtSlowDoor((now) => signInScreen(now));
    kit.session.token = undefined;
    for (const key of ['anna\r', 'wrong', '\r', 'typed ahead', '\r']) await screen.type(key);
    await expect.poll(door.waiting, patient).toBe(1);
    door.release();
    expect(await screen.see('Fout: ')).toMatch(/› Wachtwoord *$/m);
  });

  it('are not typed into a question that comes between', async () => {
    const { door, kit, screen } = await openAtSlowDoor((now) => peopleScreen(now));
    kit.session.token = 'x'.repeat(43);
    await screen.type('\r');
    await screen.type('k020');
    door.release();
    expect(await screen.see('Uw sessie is beëindigd.')).toMatch(/› Wachtwoord *$/m);
  });
});
