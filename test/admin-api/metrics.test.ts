import { expect, test } from 'vitest';
import { addAdministrator, apiTokenOf } from '../helpers/administrators.ts';
import { openDoorHouse } from './open-door.ts';

test('the figures are for a token of their own, and tell requests by pattern, the queue, and who is overdue', async () => {
  const { house, ask } = await openDoorHouse();
  const anna = await addAdministrator(house.deps, 'anna');
  const token = await apiTokenOf(house.deps, anna, ['metrics']);
  await (await fetch(`${house.url}/sign-in?return=%2Fregister`)).text();
  await (await fetch(`${house.url}/nowhere`)).text();
  const at = house.clock.now - 90_000;
  const row = { channel: 'mail', kind: 'reminder', created_at: at, due_at: at + 10 ** 9, attempts: 0 };
  await house.deps.db
    .insertInto('messages')
    .values({ id: 'm1', ...row, state: 'waiting' })
    .execute();
  const read = async () => (await ask('GET', '/metrics', { token })).raw;
  await expect.poll(read).toContain('sparekey_requests_total{route="other",status="404"} 1');
  const text = await read();
  expect(text).toContain('sparekey_requests_total{route="/sign-in",status="200"} 1');
  expect(text).toContain('sparekey_request_seconds_count{route="/sign-in"} 1');
  expect(text).toMatch(/^sparekey_queue_waiting 1$/m);
  expect(text).toMatch(/^sparekey_queue_oldest_seconds 90$/m);
  for (const name of ['hashing_running', 'hashing_waiting', 'hashing_refused_total', 'sessions'])
    expect(text).toMatch(new RegExp(`^sparekey_${name} \\d`, 'm'));
  expect(text).toMatch(/^sparekey_overdue\{reason="never-registered"\} 0$/m);
  expect(text).toMatch(/^process_cpu_seconds_total \d/m);

  expect((await ask('GET', '/metrics')).status).toBe(401);
  const others = await apiTokenOf(house.deps, anna, ['status']);
  expect((await ask('GET', '/metrics', { token: others })).status).toBe(403);
  for (const path of ['/overview', '/people', '/audit'])
    expect((await ask('GET', path, { token })).status, path).toBe(403);
});
