import { expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

async function idFor(house: TestHouse, given: string): Promise<string> {
  const answer = await fetch(`${house.url}/sign-in`, { headers: { 'X-Request-Id': given } });
  return answer.headers.get('x-request-id') ?? '';
}

test('S34 a request id comes from a trusted proxy, in the shape of one, or is made anew', async () => {
  const behind = await openTestHouse({ env: { TRUST_PROXY: '127.0.0.1' } });
  expect(await idFor(behind, 'abcd-1234_x')).toBe('abcd-1234_x');
  for (const odd of ['short', 'x'.repeat(65), 'has space in it', '"}{"level":50', '<script>alert'])
    expect(await idFor(behind, odd)).toMatch(/^[\w-]{20,}$/);
  const alone = await openTestHouse();
  expect(await idFor(alone, 'abcd-1234_x')).not.toBe('abcd-1234_x');
});

test('a request is told by its pattern and id, never by its query', async () => {
  const house = await openTestHouse();
  const answer = await fetch(`${house.url}/stop?link=secret-token`, { redirect: 'manual' });
  await answer.text();
  await fetch(`${house.url}/nowhere/secret-token`).then((one) => one.text());
  await expect.poll(() => house.log.filter((line) => line.includes('"msg":"request"')).length).toBe(2);
  const [stop = '', nowhere = ''] = house.log.filter((line) => line.includes('"msg":"request"'));
  expect(JSON.parse(stop)).toMatchObject({
    requestId: answer.headers.get('x-request-id'),
    method: 'GET',
    route: '/stop',
  });
  expect(JSON.parse(nowhere)).toMatchObject({ route: 'other', status: 404 });
  expect(house.log.join('')).not.toContain('secret-token');
});
