import { expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import {
  administer,
  answerQuestion,
  answerQuestions,
  fiveAnswers,
  proveIdentity,
  provePhone,
  signIn,
  wordsOn,
} from '../helpers/journeys.ts';
import { day, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const list = '/register/security-questions';

function chosenOn(browser: Browser): { id: string; text: string } {
  const option = browser.document.querySelector('option[selected]');
  return { id: option?.getAttribute('value') ?? '', text: option?.textContent?.trim() ?? '' };
}

async function openedPlace(house: TestHouse, browser: Browser, place: number) {
  await browser.open(`${list}/${place}`);
  await proveIdentity(house, browser);
  await browser.open(`${list}/${place}`);
  return chosenOn(browser);
}

async function retire(house: TestHouse, id: string): Promise<void> {
  const { revision } = await house.deps.db
    .selectFrom('questions')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await administer(house, 'POST', { path: `/questions/${id}/retire`, body: { basedOn: revision } });
}

/** Jan has a phone and five answers; the questions at these places are retired. */
async function janWithRetired(places: number[]) {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const browser = await signIn(house, 'jan');
  await provePhone(house, browser, { number: '+31612345678' });
  await answerQuestions(house, browser, fiveAnswers);
  const retired: string[] = [];
  for (const place of places) {
    const { id, text } = await openedPlace(house, browser, place);
    await retire(house, id);
    retired.push(text);
  }
  return { house, retired };
}

test('who uses retired questions keeps them until the next check, which asks another in place of each', async () => {
  const { house, retired } = await janWithRetired([2, 4]);
  const before = await signIn(house, 'jan');
  const { register, methods } = wordsOn(before);
  const name = methods.names['security-questions'];
  expect(before.row(name), 'no check is due yet').toContain(register.states.ready);
  house.wait(181 * day);

  const browser = await signIn(house, 'jan');
  expect(browser.row(name)).toContain(register.states.check);
  await browser.press(register.stillRight['security-questions']);
  await proveIdentity(house, browser);
  expect(browser.path).toBe(`${list}/2`);
  expect(browser.text).toContain(register.questions.replaceRetired(retired[0] ?? ''));
  const described = browser.document.querySelector('select')?.getAttribute('aria-describedby') ?? '';
  expect(browser.document.getElementById(described)?.textContent).toContain(retired[0]);

  await answerQuestion(browser, 1, 'Een ander antwoord');
  expect(browser.path, 'the other retired one is asked as well').toBe(`${list}/4`);
  await answerQuestion(browser, 1, 'Nog een ander');
  expect(browser.path).toBe('/register');
  expect(browser.row(name), 'all is checked now').toContain(register.states.ready);
  await browser.open(list);
  for (const text of retired) expect(browser.text).not.toContain(text);
});

test('a check that is left halfway is not done: the retired question is still asked', async () => {
  const { house } = await janWithRetired([1]);
  house.wait(181 * day);
  const browser = await signIn(house, 'jan');
  const { register, methods } = wordsOn(browser);
  await browser.press(register.stillRight['security-questions']);
  const again = await signIn(house, 'jan');
  expect(again.row(methods.names['security-questions'])).toContain(register.states.check);
  const answers = await house.deps.db
    .selectFrom('answers')
    .select('checked_at')
    .orderBy('position')
    .execute();
  expect(answers.filter(({ checked_at }) => checked_at === house.clock.now)).toHaveLength(4);
});

test('where no other question is left to choose, the retired one is kept', async () => {
  const { house } = await janWithRetired([1]);
  await house.setPolicy({ questionsToRegister: 3 });
  const used = await house.deps.db.selectFrom('answers').select('question_id').execute();
  const ids = used.map(({ question_id }) => question_id);
  await house.deps.db
    .updateTable('questions')
    .set({ retired_at: house.clock.now })
    .where('id', 'not in', ids)
    .execute();
  house.wait(181 * day);
  const browser = await signIn(house, 'jan');
  const { register, methods } = wordsOn(browser);
  await browser.press(register.stillRight['security-questions']);
  expect(browser.path).toBe('/register');
  expect(browser.row(methods.names['security-questions'])).toContain(register.states.ready);
});
