import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeScreen } from '../../../admin-tui/screens/home.ts';
import { openPolicy } from '../../../admin-tui/screens/policy.ts';
import { settingGroups } from '../../../admin-tui/screens/setting-groups.ts';
import { policySchema } from '../../../src/policy/policy.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { hugo, kitAt, type OpenScreen, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

/** The first menu, with the policy opened from it. */
async function openAtPolicy(seat: Parameters<typeof kitAt>[1] = {}) {
  const kit = kitAt(house, seat);
  const screen = openScreen(kit, homeScreen(kit));
  await screen.press('down', 'enter');
  await screen.see(/Versie \d+ is van kracht|Version \d+ is in force/);
  return { kit, screen };
}

/** Goes to a field and types another value into it. */
async function change(screen: OpenScreen, field: string, value: string) {
  for (let moves = 0; moves < 30 && !screen.read().includes(`› ${field}`); moves += 1)
    await screen.press('down');
  await screen.press('enter', 'clear');
  await screen.type(value);
  await screen.press('enter');
}

describe('the policy', () => {
  it('is shown whole, in groups, and tells of each setting what it may be', async () => {
    const { screen } = await openAtPolicy();
    expect(screen.read()).toMatch(/Wie en wanneer\n {2}› Wie doet mee +‹ iedereen ›/);
    expect(screen.read()).toMatch(/^ +1 van 27$/m);
    const labels = new Set<string>();
    for (let moves = 0; moves < 27; moves += 1) {
      const label = /^ {2}› {1,3}(\S.*?) {2,}/m.exec(screen.read())?.[1];
      if (label) labels.add(label);
      await screen.press('down');
    }
    expect(labels.size).toBe(27);
    expect(labels).toContain('Logboek bewaren, in dagen');
    expect(screen.read()).toContain('[ Wat zou dit doen? ]');
  });

  it('says at the setting why a value cannot be', async () => {
    const { screen } = await openAtPolicy();
    await change(screen, 'Uitstel in dagen', '99');
    await screen.press('save');
    await screen.see(/Uitstel in dagen +99 {2}\(was: 7\)\n +Fout: Deze waarde is te groot/);
    await change(screen, 'Uitstel in dagen', 'veel');
    await screen.press('save');
    await screen.see(/Uitstel in dagen +veel {2}\(was: 7\)\n +Fout: /);
  });

  it('is saved only after it was shown what would come of it', async () => {
    const { screen } = await openAtPolicy();
    await change(screen, 'Uitstel in dagen', '5');
    await screen.press('save');
    const effects = await screen.see('Wat zou dit doen?');
    expect(effects).toContain('Uitstel in dagen: van 7 naar 5');
    expect(effects).toContain('Voor niemand verandert er nu iets.');
    expect(effects).toContain('› Nog niet, terug naar het beleid');
    await screen.press('down', 'enter');
    await screen.see(/Het beleid is bewaard als versie \d+\./);
  });

  it('says when nothing was changed, and asks before changes are lost', async () => {
    const { screen } = await openAtPolicy();
    await screen.press('save');
    await screen.see('U heeft nog niets gewijzigd.');
    await change(screen, 'Uitstel in dagen', '3');
    await screen.press('escape');
    await screen.see('Wat u typte of wijzigde is nog niet bewaard.');
    await screen.press('enter');
    await screen.see(/Uitstel in dagen +3 {2}\(was: 5\)/);
    await screen.press({ letter: 'q' });
    await screen.see('Weggaan zonder te bewaren');
    await screen.press('escape', 'escape', 'down', 'enter');
    await screen.see('Waar wilt u heen?');
  });

  it('shows what somebody else changed meanwhile, and goes on with one’s own changes upon it', async () => {
    const [mine, other] = [await openAtPolicy(), await openAtPolicy({ token: await house.signIn('bea') })];
    await change(mine.screen, 'Uitstel in dagen', '9');
    await change(other.screen, 'Registreren binnen dagen', '60');
    await other.screen.press('save', 'down', 'enter');
    await other.screen.see('Het beleid is bewaard');
    await mine.screen.press('save');
    const conflict = await mine.screen.see('Intussen gewijzigd');
    expect(conflict).toMatch(/heeft bea versie \d+ van het beleid\s+bewaard/);
    expect(conflict).toContain('Registreren binnen dagen: van 30 naar 60');
    await mine.screen.press('enter');
    const merged = await mine.screen.see(/Uitstel in dagen +9 {2}\(was: 5\)/);
    expect(merged).toMatch(/Registreren binnen dagen +60$/m);
    await mine.screen.press('save');
    expect(await mine.screen.see('Wat zou dit doen?')).not.toContain('Registreren binnen');
    await mine.screen.press('down', 'enter');
    await mine.screen.see('Het beleid is bewaard');
  });

  it('is kept in every version, which can be compared and gone back to', async () => {
    const { screen } = await openAtPolicy({ language: 'en' });
    await screen.press({ letter: 'v' });
    const versions = await screen.see('Versions');
    expect(versions).toMatch(/Days it can be postponed$/m);
    expect(versions).toContain('default');
    await screen.press('down', 'down', 'down', 'enter');
    await screen.see(/Different now, in version \d+\n.*Days it can be postponed: from 7 to 9/);
    await screen.press({ letter: 'b' });
    await screen.see(/Days it can be postponed +7 {2}\(was: 9\)/);
    await screen.press('save');
    await screen.see('from 9 to 7');
  });

  it('can be seen by helpdesk and not saved', async () => {
    const kit = kitAt(house, { me: hugo });
    const next = await openPolicy(kit);
    if (next.next !== 'go') throw new Error(next.next);
    const seen = await openScreen(kit, next.screen).see('Wie doet mee');
    expect(seen).toContain('^S terug');
    expect(seen).not.toContain('Wat zou dit doen');
  });
});

it('every setting of a policy has its place on the screen', () => {
  const shown = settingGroups.flatMap(({ settings }) => settings.map(([name]) => name));
  expect(shown.toSorted()).toEqual(Object.keys(policySchema.shape).toSorted());
});
