import { expect, test } from 'vitest';
import { administer, proveMail, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { minute, openTestHouse } from '../helpers/test-house.ts';

const consent = { givenBy: 'Jan de Vries', givenAt: '2026-11-01', how: 'paper form' };
const phone = '+31612345678';

async function openFilledInHouse(language: 'nl' | 'en' = 'nl') {
  const house = await openTestHouse();
  await house.addPerson('jan', { language });
  await administer(house, 'POST', {
    path: '/people/jan/filled-in',
    body: { method: 'authentication-phone', number: '06 12345678', channel: 'text', consent },
  });
  await administer(house, 'POST', {
    path: '/people/jan/filled-in',
    body: { method: 'authentication-email', address: 'jan@example.com', consent },
  });
  return house;
}

test.each(['nl', 'en'] as const)(
  'what the administrator filled in is shown masked, counts for nothing, and is proven by a code (%s)',
  async (language) => {
    const house = await openFilledInHouse(language);
    const browser = await signIn(house, 'jan');
    const { register, methods } = wordsOn(browser);
    const phoneRow = () => browser.row(methods.names['authentication-phone']);
    expect(phoneRow()).toContain(register.states['filled-in']);
    expect(phoneRow()).toContain(methods.masks.number('78'));
    expect(browser.html).not.toMatch(/12345678|jan@example/);
    expect(browser.text).toContain(register.progress.methods(2));
    await browser.press(register.progress.finish);
    expect(browser.problems).toContain(register.missingToFinish);

    await browser.press(register.useFilledIn['authentication-phone']);
    expect(browser.path).toBe('/register/authentication-phone/code');
    await typeCode(browser, await house.codeFor(phone));
    expect(phoneRow()).toContain(register.states.ready);
    expect(browser.text).toContain(register.progress.methods(1));
    await browser.press(register.useFilledIn['authentication-email']);
    await typeCode(browser, await house.codeFor('jan@example.com'));
    await browser.press(register.progress.finish);
    expect(browser.path).toBe('/register/finished');
  },
);

test('it can be replaced by another value, and is then gone', async () => {
  const house = await openFilledInHouse();
  const browser = await signIn(house, 'jan');
  const { register, methods } = wordsOn(browser);
  await browser.click(register.replaceFilledIn['authentication-email']);
  expect(browser.html).not.toContain('jan@example.com');
  await proveMail(house, browser, 'new@example.com');
  const row = browser.row(methods.names['authentication-email']);
  expect(row).toContain(methods.masks.address('n', 'example.com'));
  expect(row).toContain(register.states.ready);
});

test('a code that cannot be sent to it is told in words', async () => {
  const house = await openFilledInHouse();
  const browser = await signIn(house, 'jan');
  const { register } = wordsOn(browser);
  await browser.press(register.useFilledIn['authentication-phone']);
  await browser.open('/register');
  await browser.press(register.useFilledIn['authentication-phone']);
  expect(browser.text).toContain(register.code.wait('60 seconden'));
  house.wait(minute);
  await browser.open('/register');
  await browser.press(register.useFilledIn['authentication-phone']);
  expect(browser.path).toBe('/register/authentication-phone/code');
});

test('an administrator cannot fill in over what the person has proven', async () => {
  const house = await openFilledInHouse();
  const browser = await signIn(house, 'jan');
  const { register, methods } = wordsOn(browser);
  await browser.press(register.useFilledIn['authentication-phone']);
  await typeCode(browser, await house.codeFor(phone));
  const again = administer(house, 'POST', {
    path: '/people/jan/filled-in',
    body: { method: 'authentication-phone', number: '06 87654321', channel: 'text', consent },
  });
  await expect(again).rejects.toThrow();
  await browser.open('/register');
  expect(browser.row(methods.names['authentication-phone'])).toContain(methods.masks.number('78'));
});
