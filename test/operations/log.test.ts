import { expect, test } from 'vitest';
import { proveMail, provePhone, signIn } from '../helpers/journeys.ts';
import { choosePassword, newPassword, walkToPassword } from '../helpers/resets.ts';
import { codeIn, minute, openTestHouse, password } from '../helpers/test-house.ts';

test('S24 at level debug a whole registration and a reset leave no code, number, address or token in the log', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { workMailbox: 'jan@example.org' });
  const jan = await signIn(house, 'jan');
  await provePhone(house, jan, { number: '+31612345678' });
  await proveMail(house, jan, 'jan@example.com');
  house.wait(30 * minute);
  const browser = await choosePassword(await walkToPassword(house));
  expect(browser.path).toBe('/reset/done');
  const messages = await house.messages();
  const codes = messages.filter(({ body }) => /\b\d{3} \d{3}\b/.test(body)).map(codeIn);
  expect(codes.length).toBeGreaterThan(3);
  const links = messages.flatMap(({ body }) =>
    [...body.matchAll(/link=([\w-]{20,})/g)].map(([, one = '']) => one),
  );
  expect(links.length).toBeGreaterThan(0);
  const log = house.log.join('');
  expect(log).toContain('"msg":"request"');
  expect(log).toContain('message sent');
  const cookies = [...jan.cookies.values(), ...browser.cookies.values()].filter((one) => one.length > 10);
  const secrets = [...codes, ...links, ...cookies, password, newPassword, '12345678', 'jan@example'];
  for (const secret of secrets) expect(log).not.toContain(secret);
});
