import { afterAll, beforeAll, expect, it } from 'vitest';
import { overviewScreen } from '../../../admin-tui/screens/overview.ts';
import { writeKeysInUse } from '../../../src/rotation/in-use.ts';
import { writeSealingAnew } from '../../../src/rotation/sealing-anew.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../../helpers/admin-house.ts';
import { typeCommand } from '../type-command.ts';
import { kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  const inUse = { data: 'new-key', codes: 'codes', sessions: 'sessions', since: testTime };
  await writeKeysInUse(house.deps.db, inUse);
});
afterAll(() => house.close());

function seal(done: number, more: { broken?: number; finishedAt?: number } = {}) {
  const state = { key: 'new-key', done, total: 4000, broken: 0, finishedAt: null };
  return writeSealingAnew(house.deps.db, { ...state, ...more });
}

async function seeOverview() {
  const kit = kitAt(house);
  const screen = openScreen(kit, overviewScreen(kit));
  await screen.see('0 personen');
  await screen.press('end');
  return screen.read();
}

it('the overview tells how far sealing anew is while it goes on, and what it could not open', async () => {
  await seal(3000);
  expect(await seeOverview()).toMatch(/met de nieuwe sleutel verzegeld +3\.000 +75 % +█+░+$/m);

  await seal(3999, { broken: 1, finishedAt: testTime });
  expect(await seeOverview()).toMatch(/verzegeld, maar niet te openen +1 +0 %/);
  const { out } = await typeCommand(house.dataDir, ['overview']);
  expect(out).toMatch(/^Sealed anew +3999 +99% +#{20}$/m);
  expect(out).toMatch(/^Cannot be opened +1$/m);

  await seal(4000, { finishedAt: testTime });
  expect(await seeOverview()).not.toContain('verzegeld');
});
