import { describe, expect, test } from 'vitest';
import { languages } from '../../src/words/languages.ts';
import { wordsOf } from '../../src/words/words.ts';

type Leaf = { path: string; said: string; made: boolean };

/** Anything a sentence may be given: reads as a text, a number and an object of texts. */
function anyArgument(): unknown {
  return new Proxy(() => 'ARG', {
    get: (_target, name) => {
      if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 2 : 'ARG');
      if (name === 'toString') return () => 'ARG';
      if (name === 'length') return 2;
      if (name === 'map' || name === 'filter') return () => ['ARG'];
      if (name === 'join') return () => 'ARG';
      return typeof name === 'string' ? 'ARG' : undefined;
    },
  });
}

function leavesOf(words: unknown, path = ''): Leaf[] {
  if (typeof words === 'string') return [{ path, said: words, made: false }];
  if (typeof words === 'function') {
    const args = Array.from({ length: words.length }, anyArgument);
    return [{ path, said: String(Reflect.apply(words, undefined, args)), made: true }];
  }
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** The places where a method has no such step, and so no words. */
const nothingToSay =
  /^register\.(useFilledIn|replaceFilledIn|code\.title|code\.another)\.(office-phone|security-questions)$/;

/** Help on commands holds what is typed in a shell: its quotes and columns are meant. */
const shell = /^(admin\.terminal\.(overview|people)|\w+\.commands\..+)$/;

describe.each(languages)('the words in %s', (language) => {
  const leaves = leavesOf(wordsOf(language));

  test('are many, and none is empty where something is to be said', () => {
    expect(leaves.length).toBeGreaterThan(200);
    const empty = leaves.filter(({ said }) => said.trim() === '').map(({ path }) => path);
    expect(empty.filter((path) => !nothingToSay.test(path))).toEqual([]);
  });

  test('have no straight quotes, no double spaces, none at the ends, and no bullets or dots for masks', () => {
    const sentences = leaves.filter(({ path }) => !shell.test(path));
    const faults = sentences.filter(({ said }) => /['"`]| {2}|^\s|\s$|[•●∙]|\*\*|\.\.\./.test(said));
    expect(faults.map(({ path, said }) => `${path}: ${said}`)).toEqual([]);
  });

  test('never print what nobody gave', () => {
    const faults = leaves.filter(({ said }) => /undefined|null|NaN|\[object|\$\{/.test(said));
    expect(faults.map(({ path }) => path)).toEqual([]);
  });

  test('of problems are sentences', () => {
    const problems = leaves.filter(({ path }) => path.startsWith('problems.'));
    expect(problems.length).toBeGreaterThan(30);
    for (const { path, said } of problems) expect(said, path).toMatch(/^\p{Lu}.*\.$/su);
  });
});

test('both languages say the same things, and say them differently', () => {
  const [nl, en] = [leavesOf(wordsOf('nl')), leavesOf(wordsOf('en'))];
  expect(en.map(({ path }) => path).toSorted()).toEqual(nl.map(({ path }) => path).toSorted());
  const dutch = new Map(nl.map(({ path, said }) => [path, said]));
  const same = en.filter(({ path, said }) => dutch.get(path) === said && / /.test(said) && said.length > 12);
  expect(same.map(({ path, said }) => `${path}: ${said}`)).toEqual([]);
});
