import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normaliseAnswer, normaliseText } from '../../src/methods/answer.ts';
import { answerForm } from '../../src/methods/answer-form.ts';
import { anyText } from './any-text.ts';
import { problemsOf } from './problems-of.ts';

const normalised = (text: string) => {
  const read = normaliseAnswer(text);
  return read.result === 'answer' ? read.normalised : read.result;
};

describe('S69 an answer', () => {
  test.each([
    ['  De   Groene\tUil ', 'de groene uil'],
    ['DE GROENE UIL', 'de groene uil'],
    ['ＤＥ　ＧＲＯＥＮＥ　ＵＩＬ', 'de groene uil'],
    ['cafe\u0301', 'caf\u00e9'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['İzmir', 'i\u0307zmir'],
    ['d’Artagnan', "d'artagnan"],
    ['Jan–Piet', 'jan-piet'],
    ['می\u200cخواهم', 'میخواهم'],
    ['ﬁets', 'fiets'],
    ['東京都', '東京都'],
  ])('%j is compared as %j', (typed, expected) => {
    expect(normalised(typed)).toBe(expected);
  });

  test.each([
    ['', 'answer-empty'],
    [' \u00a0\u200b\n', 'answer-empty'],
    ['ab', 'answer-too-short'],
    ['a', 'answer-too-short'],
    ['e\u0301e\u0301', 'answer-too-short'],
    ['ab'.repeat(20), 'ab'.repeat(20)],
    [`${'ab'.repeat(20)}a`, 'answer-too-long'],
    [`abc${' '.repeat(197)}`, 'abc'],
    [`abc${' '.repeat(198)}`, 'answer-too-long'],
    ['ﷺ'.repeat(200), 'answer-too-long'],
    ['a'.repeat(1_048_576), 'answer-too-long'],
  ])('%.30j gives %s', (typed, expected) => {
    expect(normalised(typed)).toBe(expected);
  });

  it('of a megabyte is refused before any work', () => {
    const megabyte = 'ﷺ'.repeat(1_048_576);
    const started = performance.now();
    for (let i = 0; i < 1000; i += 1) normaliseAnswer(megabyte);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('has one form: normalising again changes nothing, for any letter of planes 0 and 1 and any text', () => {
    const changed = [];
    for (let point = 0; point <= 0x1ffff; point += 1) {
      const once = normaliseText(String.fromCodePoint(point));
      if (normaliseText(once) !== once) changed.push(point.toString(16));
    }
    expect(changed).toEqual([]);
    fc.assert(
      fc.property(anyText, (text) => {
        const read = normaliseAnswer(text);
        if (read.result === 'answer') expect(normaliseAnswer(read.normalised)).toEqual(read);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same in upper case, lower case and with more space', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ]{3,10} [A-Za-zß]{3,10}$/), (text) => {
        expect(normalised(text.toUpperCase())).toBe(normalised(text));
        expect(normalised(text.toLowerCase())).toBe(normalised(text));
        expect(normalised(`  ${text.replace(' ', '\u00a0 ')} `)).toBe(normalised(text));
      }),
    );
  });
});

describe('the form of an answer', () => {
  const form = answerForm({
    questions: [
      { id: 'shop', texts: ['Welke winkel rook zo lekker?', 'Which shop smelled so good?'] },
      { id: 'song', texts: ['Welk lied kende u?', 'Which song did you know?'] },
    ],
    takenQuestionIds: ['song'],
  });

  it('gives the answer as typed and as hashed', () => {
    expect(form.parse({ questionId: 'shop', answer: ' De  Groene Uil ' })).toEqual({
      questionId: 'shop',
      answer: 'De  Groene Uil',
      normalised: 'de groene uil',
    });
  });

  test.each([
    [{}, { questionId: 'question-missing', answer: 'answer-empty' }],
    [{ questionId: 'pet', answer: 'Uiltje' }, { questionId: 'question-unknown' }],
    [{ questionId: 'song', answer: 'Uiltje' }, { questionId: 'question-taken' }],
    [
      { questionId: 'song', answer: 'ab' },
      { questionId: 'question-taken', answer: 'answer-too-short' },
    ],
    [{ questionId: 'shop', answer: 'WINKEL' }, { answer: 'answer-in-question' }],
    [{ questionId: 'shop', answer: 'So good!' }, { answer: 'answer-in-question' }],
    [{ questionId: 'shop', answer: 'Welke winkel rook zo lekker?' }, { answer: 'answer-in-question' }],
    [{ questionId: 'shop', answer: 'aAa' }, { answer: 'answer-too-simple' }],
    [{ questionId: 'shop', answer: '----' }, { answer: 'answer-too-simple' }],
    [{ questionId: 'shop', answer: 'a'.repeat(1_048_576) }, { answer: 'answer-too-long' }],
  ])('%.60j has %j', (typed, problems) => {
    expect(problemsOf(form, typed)).toEqual(problems);
  });

  it('takes an answer that is only a piece of a word of the question', () => {
    expect(form.parse({ questionId: 'shop', answer: 'ink' })).toMatchObject({ normalised: 'ink' });
  });
});
