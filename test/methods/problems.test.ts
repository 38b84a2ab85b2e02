import { describe, expect, it } from 'vitest';
import { languages } from '../../src/words/languages.ts';
import { wordsOf } from '../../src/words/words.ts';

describe.each(languages)('the problems in %s', (language) => {
  const sentences = Object.entries(wordsOf(language).problems).filter(([, text]) => typeof text === 'string');

  it.each(sentences)('%s is a sentence with curly quotes and a full stop', (_code, text) => {
    expect(text).toMatch(/^\p{Lu}.*\.$/u);
    expect(text).not.toMatch(/['"]/);
  });
});
