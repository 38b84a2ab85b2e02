import { expect, test } from 'vitest';
import { signIn } from '../helpers/journeys.ts';
import { openTestHouse, second } from '../helpers/test-house.ts';

test('a phone is registered once its code is typed back', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  expect(browser.row('Eigen telefoon')).toContain('Nog niet ingesteld');

  await browser.click('Stel uw telefoon in');
  browser.fill('Telefoonnummer', '06-12 34 56 78').fill('Stuur mij een sms');
  await browser.press('Stuur een code');
  expect(browser.path).toBe('/register/authentication-phone/code');
  expect(browser.text).toContain('nummer dat eindigt op 78');

  const [message] = await house.newMessages();
  expect(message).toMatchObject({ channel: 'text', to: '+31612345678' });
  const code = await house.codeFor('+31612345678');
  browser.fill('Code', `${code.slice(0, 3)} ${code.slice(3)}`);
  await browser.press('Controleer de code');

  expect(browser.path).toBe('/register');
  expect(browser.row('Eigen telefoon')).toContain('Klaar');
  expect(browser.row('Eigen telefoon')).toContain('nummer dat eindigt op 78');
  expect(browser.text).toContain('Stel nog 1 manier in.');
  expect((await house.audit()).map(({ event }) => event)).toContain('method-registered');
});

test('a wrong code is told, the right one still counts, and a new one can be asked after a minute', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { language: 'en' });
  const browser = await signIn(house, 'jan');
  await browser.click('Set up your phone');
  browser.fill('Phone number', '+31 (0)6 12345678').fill('Send me a text message');
  await browser.press('Send a code');
  const code = await house.codeFor('+31612345678');
  const wrong = code === '000000' ? '000001' : '000000';

  browser.fill('Code', wrong);
  await browser.press('Check the code');
  expect(browser.title).toMatch(/^Error: /);
  expect(browser.problems).toEqual([
    'This code is not right. You can try 4 more times. Check the code and type it again.',
  ]);

  await browser.press('Send the code again');
  expect(browser.text).toContain('60 seconds');
  house.wait(60 * second);
  await browser.press('Send the code again');
  expect(browser.text).toContain('We have sent a code to the number ending in 78.');
  expect(await house.codeFor('+31612345678')).toBe(code);

  browser.fill('Code', code);
  await browser.press('Check the code');
  expect(browser.row('Your own phone')).toContain('Ready');
});
