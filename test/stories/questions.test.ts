import { describe, expect, test } from 'vitest';
import { retireQuestion } from '../../src/questions/questions.ts';
import type { Browser } from '../helpers/browser.ts';
import {
  answerQuestion,
  answerQuestions,
  fiveAnswers,
  openStep,
  provePhone,
  signIn,
  wordsOn,
} from '../helpers/journeys.ts';
import { openTestHouse } from '../helpers/test-house.ts';

const list = '/register/security-questions';
const optionsOf = (browser: Browser) =>
  [...browser.document.querySelectorAll('option')].map((option) => option.textContent?.trim() ?? '');
const chosenOf = (browser: Browser) =>
  browser.document.querySelector('option[selected]')?.textContent?.trim() ?? '';
const answerType = (browser: Browser) =>
  browser.document.querySelector('input[name=answer]')?.getAttribute('type');

test.each(['nl', 'en'] as const)(
  'five questions in five steps, each kept as soon as it is given (%s)',
  async (language) => {
    const house = await openTestHouse();
    await house.addPerson('jan', { language });
    const browser = await signIn(house, 'jan');
    const { register, methods } = wordsOn(browser);
    await browser.click(register.setUp['security-questions']);
    const given: string[] = [];
    for (const [index, answer] of fiveAnswers.entries()) {
      expect(browser.path).toBe(`${list}/${index + 1}`);
      expect(browser.heading).toBe(register.questions.stepTitle(index + 1, 5));
      expect(optionsOf(browser), 'questions not yet answered').not.toContain(given[0]);
      given.push(optionsOf(browser)[1] ?? '');
      await answerQuestion(browser, 1, answer);
      expect(browser.text).toContain(register.said.answerKept(index + 1));
      const away = await signIn(house, 'jan');
      const state = index === 4 ? register.states.ready : register.states.partly(index + 1, 5);
      expect(away.row(methods.names['security-questions'])).toContain(state);
    }
    expect(browser.path).toBe('/register');
    await browser.click(register.change['security-questions']);
    for (const question of given) expect(browser.text).toContain(question);
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
  },
);

test('a phone and five questions in one sitting are not held up by a further check of identity', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await provePhone(house, browser, { number: '+31612345678' });
  await browser.open(list);
  for (const [index, answer] of fiveAnswers.entries()) {
    expect(browser.path).toBe(`${list}/${index + 1}`);
    await answerQuestion(browser, 1, answer);
  }
  expect(browser.path).toBe('/register');
});

test('S65 answers alone never stand for a check of identity', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  await provePhone(house, await signIn(house, 'jan'), { number: '+31612345678' });
  const thief = await signIn(house, 'jan');
  await thief.open(list);
  for (const answer of fiveAnswers.slice(0, 3)) await answerQuestion(thief, 1, answer);
  await thief.open('/register/authentication-phone');
  expect(thief.path).toBe('/register/confirm-identity');
});

test('an error costs nothing: the question stays chosen, the problem stands at its field, the other answers are kept', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await answerQuestions(house, browser, fiveAnswers.slice(0, 2));
  const { problems, register } = wordsOn(browser);
  await browser.open(`${list}/3`);
  await browser.fill(register.questions.answer, 'Zeedijk').press(register.questions.submit);
  expect(browser.problems).toEqual([problems['question-missing']]);
  expect(browser.document.querySelector('.field.wrong select')).not.toBeNull();
  const cases: [string, keyof typeof problems][] = [
    ['', 'answer-empty'],
    ['  ab ', 'answer-too-short'],
    ['x'.repeat(41), 'answer-too-long'],
    ['eeeee', 'answer-too-simple'],
    ['Appeltaart', 'answer-taken'],
    ['  ＡＰＰＥＬＴＡＡＲＴ ', 'answer-taken'],
    ['robin   SMIT', 'answer-taken'],
  ];
  for (const [answer, problem] of cases) {
    await browser.open(`${list}/3`);
    const question = optionsOf(browser)[4] ?? '';
    await answerQuestion(browser, 4, answer);
    expect(browser.path).toBe(`${list}/3`);
    expect(browser.problems, answer).toEqual([problems[problem]]);
    expect(browser.document.querySelector('.field.wrong input')?.getAttribute('name')).toBe('answer');
    expect(chosenOf(browser)).toBe(question);
    expect(browser.document.querySelector('input[name=answer]')?.getAttribute('value')).toBe('');
  }
  const question = optionsOf(browser)[4] ?? '';
  const longWord = question.split(/\P{L}+/u).find((word) => word.length > 4) ?? '';
  await answerQuestion(browser, 4, longWord);
  expect(browser.problems, `${longWord} in ${question}`).toEqual([problems['answer-in-question']]);

  await answerQuestion(browser, 4, 'Zeedijk');
  expect(browser.text).toContain(register.said.answerKept(3));
});

test('a question is not taken twice, not even from a page that still offers it', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await browser.open(`${list}/1`);
  const id = browser.document.querySelectorAll('option')[1]?.getAttribute('value') ?? '';
  await answerQuestion(browser, 1, 'Appeltaart');
  const { problems } = wordsOn(browser);
  await browser.press(wordsOn(browser).register.questions.submit, { questionId: id, answer: 'Zeedijk' });
  expect(browser.problems).toEqual([problems['question-taken']]);
  await browser.press(wordsOn(browser).register.questions.submit, { questionId: 'none', answer: 'Zeedijk' });
  expect(browser.problems).toEqual([problems['question-unknown']]);
});

test('what is typed can be hidden without JavaScript, chosen before typing, and stays so', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await browser.open(list);
  expect(answerType(browser)).toBe('text');
  const { questions } = wordsOn(browser).register;
  await browser.click(questions.hide);
  expect(answerType(browser)).toBe('password');
  await answerQuestion(browser, 1, 'ab');
  expect(answerType(browser), 'after an error').toBe('password');
  await answerQuestion(browser, 1, 'Appeltaart');
  expect(browser.path).toContain(`${list}/2`);
  expect(answerType(browser), 'at the next question').toBe('password');
  await browser.click(questions.show);
  expect(answerType(browser)).toBe('text');
  await answerQuestion(browser, 1, 'Zeedijk');
  expect(answerType(browser)).toBe('text');
});

describe('once all are answered', () => {
  test('one can be changed without the others', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    await browser.open(list);
    const { questions, said } = wordsOn(browser).register;
    const before = [...browser.document.querySelectorAll('main li p:first-child')].map((p) => p.textContent);
    await browser.click(questions.changeOne(3));
    expect(chosenOf(browser)).toBe(before[2]);
    await answerQuestion(browser, 6, 'Bobo de beer');
    expect(browser.problems).toEqual([wordsOn(browser).problems['answer-taken']]);
    const chosen = optionsOf(browser)[6];
    await answerQuestion(browser, 6, 'Nachtegaal');
    expect(browser.text).toContain(said.answerKept(3));
    await browser.open(list);
    const after = [...browser.document.querySelectorAll('main li p:first-child')].map((p) => p.textContent);
    expect(after).toEqual(before.with(2, chosen ?? ''));
  });

  test('the same question may get another answer', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    await browser.open(`${list}/2`);
    const { questions } = wordsOn(browser).register;
    await browser.fill(questions.answer, 'Nachtegaal').press(questions.submit);
    expect(browser.path).toBe('/register');
    expect(browser.problems).toEqual([]);
  });

  test('a retired question stays with who uses it, says so, and is offered to nobody', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    await house.addPerson('sam');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    await browser.open(`${list}/1`);
    const id = browser.document.querySelector('option[selected]')?.getAttribute('value') ?? '';
    const text = chosenOf(browser);
    expect(await retireQuestion(house.deps.db, house.clock.now, id)).toBe(true);
    const { register } = wordsOn(browser);
    await browser.open('/register');
    expect(browser.row('Beveiligingsvragen')).toContain(register.states.ready);
    await browser.open(list);
    expect(browser.document.querySelector('main li')?.textContent).toContain(register.questions.retired);
    expect(browser.text).toContain(text);
    await browser.open(`${list}/1`);
    expect(optionsOf(browser)).not.toContain(text);
    const other = await signIn(house, 'sam');
    await other.open(`${list}/1`);
    expect(optionsOf(other)).not.toContain(text);
  });

  test('with fewer questions asked, each that was answered can still be changed', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    await house.setPolicy({ questionsToRegister: 3 });
    await browser.open(list);
    await browser.click(wordsOn(browser).register.questions.changeOne(5));
    expect(browser.path).toBe(`${list}/5`);
  });

  test('with more questions asked, only the new ones are missing', async () => {
    const house = await openTestHouse({ policy: { questionsToRegister: 3 } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers.slice(0, 3));
    await provePhone(house, browser, { number: '+31612345678' });
    await house.setPolicy({ questionsToRegister: 5 });
    await openStep(house, browser, list);
    expect(browser.path).toBe(`${list}/4`);
    await browser.open('/register');
    expect(browser.text).toContain(wordsOn(browser).register.progress.questions(2));
  });
});

test('a step that is not there leads to the next one that is', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  for (const place of ['2', '6', '0', '-1', 'x', '1e0', '1.5']) {
    await browser.open(`${list}/${place}`);
    expect(browser.path, place).toBe(`${list}/1`);
  }
});
