import { readPerson } from '../../src/people/person.ts';
import { retireQuestion } from '../../src/questions/questions.ts';
import { fillInMethod } from '../../src/registrations/filled-in.ts';
import {
  answerQuestion,
  answerQuestions,
  askMailCode,
  askPhoneCode,
  signIn,
  typeCode,
  wrongCode,
} from '../helpers/journeys.ts';
import { minute } from '../helpers/test-house.ts';
import { enter, type PageState, type Walk } from './page-state.ts';

/** The phone at the office of the people in these states. */
export const officePhone = { number: '+31207940000', extension: '12' };
/** As many answers as the policy of these houses asks. */
export const threeAnswers = ['Appeltaart', 'Robin Smit', 'Zeedijk'];

const mailPath = '/register/authentication-email';
const phonePath = '/register/authentication-phone';
const questionPath = '/register/security-questions/:place';

/** Signs in with a phone and an address that the administrator filled in. */
export async function enterFilledIn(walk: Walk) {
  const { house, number, address, userName, browser } = walk;
  const { personId } = await house.addPerson(userName, { groups: ['Staff'], officePhone });
  const person = await readPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, personId);
  if (!person) throw new Error('The person is not there.');
  const consent = { givenBy: userName, givenAt: house.clock.now, how: 'form', recordedBy: 'admin' };
  const filled = { person, actor: { kind: 'administrator', id: 'admin' } as const, consent };
  const phone = { kind: 'authentication-phone', number, channel: 'text' } as const;
  await fillInMethod(house.deps, { ...filled, method: phone });
  await fillInMethod(house.deps, { ...filled, method: { kind: 'authentication-email', address } });
  return signIn(house, userName, browser);
}

async function enterAndAskPhoneCode(walk: Walk) {
  return askPhoneCode(await enter(walk), walk.number);
}

async function callOffice(walk: Walk) {
  await enter(walk, { officePhone });
  await walk.browser.open('/register/office-phone');
  // Each person's office has the same number, which is called once a minute at most.
  walk.house.wait(10 * minute);
  return walk.browser.press(walk.t.register.office.submit);
}

async function openFirstQuestion(walk: Walk) {
  return (await enter(walk)).open('/register/security-questions/1');
}

const phoneStates: PageState[] = [
  { route: phonePath, state: 'empty', arrive: async (walk) => (await enter(walk)).open(phonePath) },
  {
    route: phonePath,
    state: 'nothing typed',
    arrive: async (walk) => (await (await enter(walk)).open(phonePath)).press(walk.t.register.phone.submit),
  },
  {
    route: phonePath,
    state: 'refused, what was typed is kept',
    arrive: async (walk) => askPhoneCode(await enter(walk), '0900 1234'),
  },
  { route: `${phonePath}/code`, state: 'sent', arrive: enterAndAskPhoneCode },
  {
    route: `${phonePath}/code`,
    state: 'wrong code',
    async arrive(walk) {
      const browser = await enterAndAskPhoneCode(walk);
      return typeCode(browser, wrongCode(await walk.house.codeFor(walk.number)));
    },
  },
  {
    route: `${phonePath}/code`,
    state: 'expired',
    async arrive(walk) {
      const browser = await enterAndAskPhoneCode(walk);
      walk.house.wait(11 * minute);
      return typeCode(browser, await walk.house.codeFor(walk.number));
    },
  },
  {
    route: `${phonePath}/code/again`,
    shows: `${phonePath}/code`,
    state: 'too soon',
    arrive: async (walk) => (await enterAndAskPhoneCode(walk)).press(walk.t.register.code.again),
  },
  {
    route: `${phonePath}/filled-in`,
    shows: `${phonePath}/code`,
    state: 'leads to the code',
    arrive: async (walk) =>
      (await enterFilledIn(walk)).press(walk.t.register.useFilledIn['authentication-phone']),
  },
];

const mailStates: PageState[] = [
  { route: mailPath, state: 'empty', arrive: async (walk) => (await enter(walk)).open(mailPath) },
  {
    route: mailPath,
    state: 'refused, what was typed is kept',
    arrive: async (walk) =>
      askMailCode(await enter(walk), 'een-heel-lang-adres-zonder-apenstaart.example.com'),
  },
  {
    route: `${mailPath}/code`,
    state: 'sent',
    arrive: async (walk) => askMailCode(await enter(walk), walk.address),
  },
  {
    route: `${mailPath}/code/again`,
    shows: `${mailPath}/code`,
    state: 'sent again',
    async arrive(walk) {
      const browser = await askMailCode(await enter(walk), walk.address);
      walk.house.wait(2 * minute);
      return browser.press(walk.t.register.code.again);
    },
  },
  {
    route: `${mailPath}/filled-in`,
    shows: `${mailPath}/code`,
    state: 'leads to the code',
    arrive: async (walk) =>
      (await enterFilledIn(walk)).press(walk.t.register.useFilledIn['authentication-email']),
  },
];

const officeStates: PageState[] = [
  {
    route: '/register/office-phone',
    state: 'to be called',
    arrive: async (walk) => (await enter(walk, { officePhone })).open('/register/office-phone'),
  },
  { route: '/register/office-phone/code', state: 'called', arrive: callOffice },
  {
    route: '/register/office-phone/code/again',
    shows: '/register/office-phone/code',
    state: 'called again',
    async arrive(walk) {
      const browser = await callOffice(walk);
      walk.house.wait(2 * minute);
      return browser.press(walk.t.register.code.callAgain);
    },
  },
];

const questionStates: PageState[] = [
  { route: questionPath, state: 'first, empty', arrive: openFirstQuestion },
  {
    route: questionPath,
    state: 'nothing chosen',
    arrive: async (walk) => (await openFirstQuestion(walk)).press(walk.t.register.questions.submit),
  },
  {
    route: questionPath,
    state: 'answer hidden',
    arrive: async (walk) => (await openFirstQuestion(walk)).click(walk.t.register.questions.hide),
  },
  {
    route: questionPath,
    state: 'second, after the first is kept',
    arrive: async (walk) => answerQuestion(await openFirstQuestion(walk), 1, 'Appeltaart'),
  },
  {
    route: questionPath,
    state: 'its question retired',
    async arrive(walk) {
      await answerQuestions(walk.house, await enter(walk), threeAnswers);
      await walk.browser.open('/register/security-questions/1');
      const id = walk.browser.document.querySelector('option[selected]')?.getAttribute('value') ?? '';
      await retireQuestion(walk.house.deps.db, walk.house.clock.now, id);
      return walk.browser.open('/register/security-questions/1');
    },
  },
  {
    route: '/register/security-questions',
    state: 'all answered',
    async arrive(walk) {
      await answerQuestions(walk.house, await enter(walk), threeAnswers);
      return walk.browser.open('/register/security-questions');
    },
  },
];

/** Every state of the steps in which a method is given and proven. */
export const methodStates = [...phoneStates, ...mailStates, ...officeStates, ...questionStates];
