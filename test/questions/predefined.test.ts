import { describe, expect, it, test } from 'vitest';
import { checkAnswer } from '../../src/methods/answer-form.ts';
import { predefinedQuestions } from '../../src/questions/predefined.ts';

describe('the predefined questions', () => {
  it('are at least 24, each with its own key and texts', () => {
    expect(predefinedQuestions.length).toBeGreaterThanOrEqual(24);
    for (const part of ['key', 'nl', 'en'] as const) {
      expect(new Set(predefinedQuestions.map((question) => question[part])).size).toBe(
        predefinedQuestions.length,
      );
    }
  });

  test.each(predefinedQuestions)('$key is a question in both languages', ({ key, nl, en }) => {
    expect(key).toMatch(/^[a-z]+(-[a-z]+)+$/);
    for (const text of [nl, en]) {
      expect(text).toMatch(/^\p{Lu}[^'"]{10,120}\?$/u);
      expect(checkAnswer(text.slice(0, 40), [text]).result).not.toBe('answer-too-short');
    }
    expect(nl).not.toBe(en);
  });

  test.each(predefinedQuestions)('$key asks nothing that a public profile tells', ({ nl, en }) => {
    expect(nl).not.toMatch(/meisjesnaam|geboorte|geboren|huisdier|eerste auto|school|trouw|adres/i);
    expect(en).not.toMatch(/maiden|birth|born|\bpet\b|first car|school|married|wedding|address/i);
  });
});
