import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { answerQuestions, fiveAnswers, signIn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { type Slapd, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse, password, startTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { showAnswers, tellSealedAnswers } from './sealed-answers.ts';

needs(...slapdPrograms)('the sealed answers of people who stand in a directory', () => {
  const state: { house?: TestHouse; slapd?: Slapd; stop?: () => Promise<void> } = {};
  beforeAll(async () => {
    const slapd = await startSlapd();
    const { house, stop } = await startTestHouse({ env: slapd.env });
    Object.assign(state, { slapd, house, stop });
  });
  afterAll(async () => {
    await state.stop?.();
    await state.slapd?.close();
  });

  tellSealedAnswers(() => {
    const { house, slapd } = state;
    if (!house || !slapd) throw new Error('not open');
    return {
      house,
      addPerson: slapd.addPerson,
      async setPassword(userName, typed) {
        await slapd.setPassword(userName, typed);
        // A password set by others has to be replaced first, where the policy says so.
        await slapd.change(slapd.dnOf(userName), 'delete', { pwdReset: [] });
      },
    };
  });

  test('with SEALED_ANSWERS=none no copy is kept', async () => {
    const slapd = await startSlapd();
    onTestFinished(slapd.close);
    const house = await openTestHouse({ env: { ...slapd.env, SEALED_ANSWERS: 'none' } });
    await slapd.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await answerQuestions(house, browser, fiveAnswers);
    const rows = await house.deps.db.selectFrom('answers').select(['sealed']).execute();
    expect(rows).toEqual(fiveAnswers.map(() => ({ sealed: null })));
    await showAnswers(browser, password);
    expect(browser.path).toBe('/account/answers');
    for (const answer of fiveAnswers) expect(browser.text).not.toContain(answer);
  });
});
