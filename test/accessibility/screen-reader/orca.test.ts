import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Language } from '../../../src/words/languages.ts';
import { wordsOf } from '../../../src/words/words.ts';
import { needs } from '../../helpers/needs.ts';
import { addRegistered, canSignIn, newPassword } from '../../helpers/resets.ts';
import { startTestHouse, type TestHouse } from '../../helpers/test-house.ts';
import { startChromium } from './chromium.ts';
import { Listener } from './listener.ts';
import { speechPrograms, startSpeech } from './speech-chain.ts';
import {
  answerQuestions,
  beginReset,
  choosePassword,
  finish,
  proveBoth,
  registerMail,
  registerPhone,
  type Spoken,
  signIn,
} from './spoken-story.ts';

const languages = ['nl', 'en'] as const;
const answers = ['Appeltaart', 'Robin Smit', 'Zeedijk'];

let house: TestHouse;
let stop: () => Promise<void>;
let people = 0;

beforeAll(async () => {
  ({ house, stop } = await startTestHouse({ policy: { questionsToRegister: 3 } }));
});
afterAll(() => stop?.());

/** Somebody with a phone and a mailbox. */
function nextPerson(language: Language): Omit<Spoken, 'me'> {
  people += 1;
  const userName = `person${people}`;
  const number = `+316123456${10 + people}`;
  return { house, t: wordsOf(language), userName, number, address: `${userName}@example.com` };
}

/** Sits somebody down before a page. Each has an Orca and a Chromium of their own: Orca falls silent when its browser is taken away. */
async function sitDown(person: Omit<Spoken, 'me'>, { path, name }: { path: string; name: string }) {
  const chain = await startSpeech();
  onTestFinished(() => chain.close());
  const me = await Listener.sitDown(chain, name);
  await me.step(`opens ${path}`);
  await startChromium(chain.processes, house.url + path);
  return { me, ...person };
}

needs('chromium', ...speechPrograms)('Orca with Chromium', () => {
  test.for(languages)('says all that registering takes, in language %s', async (language) => {
    const person = nextPerson(language);
    await house.addPerson(person.userName, { displayName: 'Zoë de Vries' });
    const spoken = await sitDown(person, {
      path: `/register?lang=${language}`,
      name: `register-${language}`,
    });
    await signIn(spoken);
    await registerPhone(spoken);
    await registerMail(spoken);
    await answerQuestions(spoken, answers);
    await finish(spoken);

    const { said } = spoken.t.register;
    const { masks, names } = spoken.t.methods;
    expect(await spoken.me.announced()).toEqual([
      said.sent.text(masks.number(person.number.slice(-2))),
      said.ready(names['authentication-phone']),
      said.sent.mail(masks.address('p', 'example.com')),
      said.ready(names['authentication-email']),
      ...answers.map((_, index) => said.answerKept(index + 1)),
    ]);
  });

  test.for(languages)('says all that a reset takes, in language %s', async (language) => {
    const person = nextPerson(language);
    await addRegistered(house, person.userName, { phone: person.number, mail: person.address });
    const spoken = await sitDown(person, { path: `/reset?lang=${language}`, name: `reset-${language}` });
    await beginReset(spoken);
    await proveBoth(spoken);
    await choosePassword(spoken);
    expect(await canSignIn(house, person.userName, newPassword)).toBe(true);
    const { passed } = spoken.t.reset.code;
    expect(await spoken.me.announced()).toEqual([passed, passed]);
  });
});
