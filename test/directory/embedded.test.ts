import { afterAll, beforeAll, describe } from 'vitest';
import { lockOut } from '../helpers/resets.ts';
import { startTestHouse } from '../helpers/test-house.ts';
import { type Organisation, tellStories } from './stories.ts';

describe('people whose passwords Sparekey keeps itself', () => {
  const state: { own?: Organisation; stop?: () => Promise<void> } = {};
  beforeAll(async () => {
    const { house, stop } = await startTestHouse();
    state.stop = stop;
    state.own = {
      house,
      addPerson: async (userName, displayName) => void (await house.addPerson(userName, { displayName })),
      async lets(userName, password) {
        if ((await house.deps.directory.lockedUntil(userName)) !== null) return false;
        return (await house.deps.directory.checkPassword(userName, password)) === 'right';
      },
      lock: (userName) => lockOut(house, userName),
    };
  });
  afterAll(() => state.stop?.());

  tellStories(() => {
    if (!state.own) throw new Error('not open');
    return state.own;
  });
});
