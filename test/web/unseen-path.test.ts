import { expect, it } from 'vitest';
import { openTestHouse, password } from '../helpers/test-house.ts';

it.each([
  ['Links (2.28; Linux 6.1 x86_64; GNU C 12.2; text)', 2],
  ['ELinks/0.13.2 (textmode; Linux; 80x24-2)', 1],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 1],
])('%s has a form refused twice, and is sent to addresses of this number: %i', async (agent, addresses) => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await house.browser({ headers: { 'User-Agent': agent } }).open('/sign-in');
  const seen = new Set<string>();
  for (const wrong of ['one', 'another']) {
    browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', wrong);
    await browser.press('Aanmelden');
    expect(browser.problems).not.toEqual([]);
    seen.add(browser.path);
  }
  expect(seen.size).toBe(addresses);
  browser.fill('Gebruikersnaam', 'jan').fill('Wachtwoord', password);
  await browser.press('Aanmelden');
  expect(browser.path.replace(/\?again=[\w-]{24}$/, '')).toBe('/register');
});
