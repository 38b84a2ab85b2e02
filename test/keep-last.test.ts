import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepLast } from '../src/keep-last.ts';

it('gives what was made of a text, and makes it once while few others are asked for', () => {
  const asked: string[] = [];
  const kept = keepLast(2, (text: string) => {
    asked.push(text);
    return `made of ${text}`;
  });
  expect(['a', 'b', 'a', 'b', 'a'].map(kept)).toEqual(
    ['a', 'b', 'a', 'b', 'a'].map((text) => `made of ${text}`),
  );
  expect(asked).toEqual(['a', 'b']);
});

it('always has those asked for last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.string({ maxLength: 1 })), (most, texts) => {
      const made: object[] = [];
      const kept = keepLast(most, (text: string) => {
        const one = { text };
        made.push(one);
        return one;
      });
      const given = texts.map(kept);
      expect(given.map(({ text }) => text)).toEqual(texts);
      const last = new Set(texts.slice(-most));
      const before = made.length;
      for (const text of last) kept(text);
      expect(made).toHaveLength(before);
    }),
  );
});
