import { expect, test } from 'vitest';
import { administer, proveMail, proveOfficePhone, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { openTestHouse } from '../helpers/test-house.ts';

const officePhone = { number: '+31207940000', extension: '12' };
const office = 'Kantoortelefoon';

test.each(['nl', 'en'] as const)('a call reads the code twice, digit by digit (%s)', async (language) => {
  const house = await openTestHouse();
  await house.addPerson('jan', { language, officePhone });
  const browser = await signIn(house, 'jan');
  const { register, methods } = wordsOn(browser);
  await browser.click(register.setUp['office-phone']);
  await browser.press(register.office.submit);
  expect(browser.text).toContain(register.said.sent.call(methods.masks.number('00')));

  const [call] = await house.newMessages();
  expect(call).toMatchObject({ channel: 'call', to: officePhone.number });
  const code = await house.codeFor(officePhone.number);
  const spoken = [code.slice(0, 3), code.slice(3)].map((group) => [...group].join(', ')).join(', … ');
  expect(call?.body.split(spoken)).toHaveLength(3);
  await typeCode(browser, code);
  expect(browser.row(methods.names['office-phone'])).toContain(register.states.ready);
});

test('the extension is dialled too', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { officePhone });
  const browser = await signIn(house, 'jan');
  await browser.open('/register/office-phone');
  await browser.press(wordsOn(browser).register.office.submit);
  const [call] = await house.newMessages();
  const { readFile } = await import('node:fs/promises');
  expect(await readFile(`${house.folder}/out/${call?.file}`, 'utf8')).toContain('Extension: 12\n');
});

test('another number from the administrator ends the proof, the code under way, and is told at every address', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { officePhone, workMailbox: 'jan@example.org' });
  const browser = await signIn(house, 'jan');
  const words = wordsOn(browser).register;
  await proveOfficePhone(house, browser, officePhone.number);
  expect(browser.row(office)).toContain(words.states.ready);
  await house.newMessages();

  await administer(house, 'PATCH', { path: '/people/jan', body: { officePhone: '020 794 0001 toestel 7' } });
  await browser.open('/register');
  expect(browser.row(office)).toContain('+31 20 794 0001, toestel 7');
  expect(browser.row(office)).toContain(words.states['not-set-up']);
  expect((await house.newMessages()).map(({ to }) => to)).toEqual(['jan@example.org']);

  await browser.open('/register/office-phone');
  await browser.press(words.office.submit);
  const code = await house.codeFor('+31207940001');
  await administer(house, 'PATCH', { path: '/people/jan', body: { officePhone: '020 794 0002' } });
  await typeCode(browser, code);
  await browser.open('/register');
  expect(browser.row(office)).toContain(words.states['not-set-up']);
  await proveMail(house, browser, 'jan@example.com');
  expect(browser.row(office)).toContain('+31 20 794 0002');
});

test('the own phone may not be the office phone, and becomes no second way when the office phone becomes the same', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { officePhone });
  const browser = await signIn(house, 'jan');
  await browser.open('/register/authentication-phone');
  const words = wordsOn(browser);
  browser.fill(words.register.phone.number, '020-7940001').fill(words.methods.channelChoices.call);
  await browser.press(words.register.phone.submit);
  await typeCode(browser, await house.codeFor('+31207940001'));
  await administer(house, 'PATCH', { path: '/people/jan', body: { officePhone: '020 794 0001 toestel 9' } });
  house.wait(60_000);
  await proveOfficePhone(house, browser, '+31207940001');
  expect(browser.text).toContain(words.register.progress.methods(1));
  await browser.press(words.register.progress.finish);
  expect(browser.problems).toContain(words.register.missingToFinish);
});
