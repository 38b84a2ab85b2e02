import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Language, wordsOf } from '../../../src/words/words.ts';
import { needs } from '../../helpers/needs.ts';
import { addRegistered, canSignIn, newPassword } from '../../helpers/resets.ts';
import { startTestHouse, type TestHouse } from '../../helpers/test-house.ts';
import { startChromium } from './chromium.ts';
import { Listener } from './listener.ts';
import { SpeechBroke, type SpeechChain, speechPrograms, startSpeech } from './speech-chain.ts';
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

const minutes = 60_000;

let house: TestHouse;
let stop: () => Promise<void>;
let chain: SpeechChain | undefined;
let people = 0;

beforeAll(async () => {
  ({ house, stop } = await startTestHouse({ policy: { questionsToRegister: 3 } }));
});
afterAll(async () => {
  await chain?.close();
  await stop?.();
});

interface Session {
  /** Names the transcript. */
  name: string;
  language: Language;
  path: string;
}

interface Journey extends Session {
  prepare(person: Omit<Spoken, 'me'>): Promise<unknown>;
  walk(spoken: Spoken): Promise<void>;
}

async function walkWith(chain: SpeechChain, { name, language, path, prepare, walk }: Journey) {
  people += 1;
  const userName = `person${people}`;
  const own = { number: `+316123456${String(10 + people)}`, address: `${userName}@example.com` };
  const person = { house, t: wordsOf(language), userName, ...own };
  await prepare(person);
  const me = await Listener.sitDown(chain, name);
  await me.step(`opens ${path} in language ${language}`);
  await startChromium(chain.processes, `${house.url}${path}?lang=${language}`);
  await walk({ me, ...person });
}

/** One chain speaks for all journeys, since Orca runs once at a time; a broken one is replaced. */
async function chainAtHand(): Promise<SpeechChain> {
  chain ??= await startSpeech();
  return chain;
}

/** Walks once more, with another person and another chain, if the chain broke; what was heard wrong is not asked twice. */
async function listenTo(journey: Journey): Promise<void> {
  for (const last of [false, true]) {
    try {
      return await walkWith(await chainAtHand(), journey);
    } catch (error) {
      if (last || !(error instanceof SpeechBroke)) throw error;
      process.stderr.write(`Speech broke in “${journey.name}”, and is started once more: ${error.message}\n`);
      await chain?.close();
      chain = undefined;
    }
  }
}

const addPerson = ({ userName }: Omit<Spoken, 'me'>) =>
  house.addPerson(userName, { displayName: 'Zoë de Vries' });
const register = (person: Omit<Spoken, 'me'>) =>
  addRegistered(house, person.userName, { phone: person.number, mail: person.address });

needs('chromium', ...speechPrograms)('Orca with Chromium', () => {
  test.for(['nl', 'en'] as const)(
    'says all that registering takes, in language %s',
    { timeout: 6 * minutes },
    async (language) => {
      await listenTo({
        name: `chromium-register-${language}`,
        language,
        path: '/register',
        prepare: addPerson,
        async walk(spoken) {
          await signIn(spoken);
          await registerPhone(spoken);
          await registerMail(spoken);
          await answerQuestions(spoken, ['Appeltaart', 'Robin Smit', 'Zeedijk']);
          await finish(spoken);
        },
      });
    },
  );

  test.for(['nl', 'en'] as const)(
    'says all that a reset takes, in language %s',
    { timeout: 6 * minutes },
    async (language) => {
      await listenTo({
        name: `chromium-reset-${language}`,
        language,
        path: '/reset',
        prepare: register,
        async walk(spoken) {
          await beginReset(spoken);
          await proveBoth(spoken);
          await choosePassword(spoken);
          expect(await canSignIn(house, spoken.userName, newPassword)).toBe(true);
        },
      });
    },
  );
});
