import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { type FirefoxWindow, startFirefox } from '../helpers/firefox.ts';
import { needs } from '../helpers/needs.ts';
import { addRegistered, canSignIn, newPassword } from '../helpers/resets.ts';
import { password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';

const t = wordsOf('nl');

needs('firefox-esr')('Back in Firefox', () => {
  let firefox: Awaited<ReturnType<typeof startFirefox>>;
  let house: TestHouse;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ house, stop } = await startTestHouse());
    firefox = await startFirefox();
  });
  afterAll(async () => {
    await firefox?.close();
    await stop?.();
  });

  async function typeCode(window: FirefoxWindow, to: string): Promise<void> {
    await window.fill(t.register.code.label, await house.codeFor(to));
    await window.press(t.register.code.submit);
  }

  test('S54 after signing out it shows nothing of the person', async () => {
    const number = '+31612345631';
    await addRegistered(house, 'gone', {
      phone: number,
      mail: '',
      person: { displayName: 'Przemysława Vroegindeweij' },
    });
    const window = await firefox.openWindow();
    await window.open(`${house.url}/register`);
    await window.fill(t.signIn.userName, 'gone');
    await window.fill(t.signIn.password, password);
    await window.press(t.signIn.submit);
    await window.arrive(t.register.title);
    const personal = new RegExp(`Vroegindeweij|eindigt op|${password}`);
    expect(await window.text()).toMatch(personal);

    await window.pressAbove(t.common.signOut);
    await window.arrive(t.signIn.signedOut.title);
    const seen = await window.lookBack();
    expect(seen.length).toBeGreaterThan(1);
    for (const one of seen) expect(one).not.toMatch(personal);
  });

  test.for([false, true])(
    'S54 after a reset it does not bring the new password back, shown while typed: %s',
    async (shown) => {
      const userName = `reset-${shown}`;
      const address = `${userName}@example.com`;
      const number = shown ? '+31612345632' : '+31612345633';
      await addRegistered(house, userName, { phone: number, mail: address });
      const window = await firefox.openWindow();
      const { reset } = t;
      await window.open(`${house.url}/reset`);
      await window.fill(reset.userName, userName);
      await window.press(reset.wishes.forgot);
      await window.press(reset.submit);
      await window.arrive(reset.methods.title);
      await window.press(reset.methods.choose['authentication-phone']);
      await window.fill(reset.phone.number, number);
      await window.press(t.methods.channelChoices.text);
      await window.press(reset.phone.submit);
      await window.arrive(reset.code.title['authentication-phone']);
      await typeCode(window, number);
      await window.arrive(reset.methods.title);
      await window.press(reset.methods.choose['authentication-email']);
      await window.fill(reset.email.address, address);
      await window.press(reset.email.submit);
      await window.arrive(reset.code.title['authentication-email']);
      await typeCode(window, address);
      await window.arrive(reset.password.title);
      if (shown) {
        await window.press(reset.password.show);
        await expect.poll(() => window.text(), { timeout: 60_000 }).not.toContain(reset.password.repeat);
      }
      await window.fill(reset.password.label, newPassword);
      if (!shown) await window.fill(reset.password.repeat, newPassword);
      expect(await window.text()).toContain(newPassword);
      await window.press(reset.password.submit);
      await window.arrive(reset.done.titles.reset);
      expect(await canSignIn(house, userName, newPassword)).toBe(true);

      const seen = await window.lookBack();
      expect(seen.length).toBeGreaterThan(3);
      for (const one of seen) expect(one).not.toContain(newPassword);
    },
  );
});
