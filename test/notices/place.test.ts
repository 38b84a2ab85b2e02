import { expect, test } from 'vitest';
import { placeOf } from '../../src/notices/place.ts';

test('a network address is told by its beginning only', () => {
  expect(placeOf('203.0.113.77')).toBe('203.0.113');
  expect(placeOf('::ffff:203.0.113.77')).toBe('203.0.113');
  expect(placeOf('203.0.113.77:51234')).toBe('203.0.113');
  expect(placeOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1');
  expect(placeOf('2001:db8::1')).toBe('2001:db8');
});

test('what is no place is not told: none, this machine, or what is no address at all', () => {
  for (const address of [
    null,
    '',
    '127.0.0.1',
    '::1',
    '::',
    'unknown',
    '<b>203.0.113.77</b>',
    '/run/admin.sock',
  ])
    expect(placeOf(address), String(address)).toBeNull();
});
