import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { policySchema } from '../../src/policy/policy.ts';
import { signIn } from '../helpers/journeys.ts';
import { addRegistered } from '../helpers/resets.ts';
import { openTestHouse } from '../helpers/test-house.ts';

test.each([
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  'http://127.0.0.1/',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  'javascript:fetch("//evil.example")',
  'data:text/html,x',
  'https://own.example/ https://evil.example/',
  'mailto:a@b.example,c@d.example',
])('S59 the one address that an administrator can type is no %s', (helpContact) => {
  expect(policySchema.safeParse({ helpContact }).success).toBe(false);
  expect(policySchema.safeParse({ helpContact: 'https://help.example.org/' }).success).toBe(true);
});

test('S59 whatever the help contact is, the house never goes there by itself', async () => {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const helpContact = `https://127.0.0.1:${port}/help`;
  const house = await openTestHouse({ policy: { helpContact } });
  await addRegistered(house, 'jan');
  const browser = await signIn(house, 'jan');
  for (const path of ['/nowhere', '/reset', '/account', '/register']) await browser.open(path);
  const mails = (await house.messages()).map(({ body }) => body).join();
  expect(browser.html + mails, 'it is told').toContain(helpContact);
  expect(visits).toBe(0);
});
