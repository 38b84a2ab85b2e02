import { test } from 'vitest';
import { startChromium, openWindow, openHistory } from '../helpers/chromium.ts';
import { openTestHouse, password } from '../helpers/test-house.ts';
test('x', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { displayName: 'Vroegindeweij' });
  const b = await startChromium({ keepsPages: true });
  for (const js of [true, false]) for (const via of ['post', 'get']) {
    const { page } = await openWindow(b, { locale: 'nl-NL', javaScriptEnabled: js });
    await page.goto(house.url + '/register');
    await page.getByLabel('Gebruikersnaam').fill('jan');
    await page.getByLabel('Wachtwoord').fill(password);
    await page.getByRole('button', { name: 'Aanmelden' }).click();
    await page.getByText('Vroegindeweij').waitFor();
    if (via === 'get') await page.goto(house.url + '/register/authentication-email');
    if (via === 'get') await page.goto(house.url + '/register');
    await page.getByRole('button', { name: 'Afmelden' }).first().click();
    await page.getByText('U bent afgemeld').waitFor();
    const h = await openHistory(page);
    const here = await h.place();
    await h.goTo(here - 1);
    await new Promise((r) => setTimeout(r, 800));
    console.log('RESULT', js, via, page.url(), (await page.locator('body').textContent())?.includes('Vroegindeweij'));
  }
  await b.close();
});
