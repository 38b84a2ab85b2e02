import { afterEach, expect, vi } from 'vitest';

// A test that logs an error has failed, whatever it asserted.
const errors = vi.spyOn(console, 'error');

afterEach(() => {
  const said = errors.mock.calls.map((call) => call.map(String).join(' '));
  errors.mockClear();
  expect(said, 'errors written to the console').toEqual([]);
});
