import {
  answerQuestion,
  answerQuestions,
  proveMail,
  proveOfficePhone,
  provePhone,
  typeCode,
  wrongCode,
} from '../helpers/journeys.ts';
import { day, minute } from '../helpers/test-house.ts';
import { enterFilledIn, officePhone, threeAnswers } from './method-states.ts';
import { enter, enterAgain, type PageState, type Walk } from './page-state.ts';

const kinds = ['authentication-phone', 'authentication-email', 'office-phone', 'security-questions'] as const;

/** Registers a phone and an address: enough to finish, and to reset. */
export async function enterRegistered(walk: Walk) {
  const { house, number, address } = walk;
  const browser = await enter(walk, { officePhone });
  await provePhone(house, browser, { number });
  await proveMail(house, browser, address);
  return browser.open('/register');
}

/** Registers everything there is; the code that proves who it is counts for half an hour. */
export async function enterWithAll(walk: Walk) {
  const { house, number, address } = walk;
  const browser = await enter(walk, { officePhone });
  house.wait(10 * minute);
  await proveOfficePhone(house, browser, officePhone.number);
  await answerQuestions(house, browser, threeAnswers);
  await provePhone(house, browser, { number });
  await proveMail(house, browser, address);
  return browser.open('/register');
}

/** Half a year later everything has to be checked again. */
async function enterWithChecksDue(walk: Walk) {
  await enterWithAll(walk);
  walk.house.wait(181 * day);
  return enterAgain(walk);
}

const overviewStates: PageState[] = [
  { route: '/register', state: 'nothing set up', arrive: (walk) => enter(walk) },
  { route: '/register', state: 'office phone and filled in', arrive: enterFilledIn },
  { route: '/register', state: 'not asked', arrive: (walk) => enter(walk, { groups: ['Guests'] }) },
  {
    route: '/register',
    state: 'too early to finish, some questions answered',
    async arrive(walk) {
      await (await enter(walk)).open('/register/security-questions/1');
      await answerQuestion(walk.browser, 1, 'Appeltaart');
      return (await walk.browser.open('/register')).press(walk.t.register.progress.finish);
    },
  },
  { route: '/register', state: 'all ready', arrive: enterWithAll },
  {
    route: '/register/finished',
    state: 'finished',
    arrive: async (walk) => (await enterRegistered(walk)).press(walk.t.register.progress.finish),
  },
  {
    route: '/register/later',
    state: 'put off',
    arrive: async (walk) => (await enter(walk)).press(walk.t.register.progress.later),
  },
  { route: '/register', state: 'checks due', arrive: enterWithChecksDue },
];

const stillRightStates: PageState[] = kinds.map((kind) => ({
  route: `/register/${kind}/still-right`,
  shows: '/register',
  state: 'noted on the overview',
  arrive: async (walk) => (await enterWithChecksDue(walk)).press(walk.t.register.stillRight[kind]),
}));

/** Leads to the page on which a method is chosen to prove who it is. */
async function chooseIdentity(walk: Walk) {
  await enterRegistered(walk);
  return (await enterAgain(walk)).click(walk.t.register.remove['authentication-phone']);
}

async function askIdentityCode(walk: Walk) {
  const browser = await chooseIdentity(walk);
  const { identity } = walk.t.register;
  walk.house.wait(2 * minute);
  const label = browser.document.querySelector('.choice label')?.textContent?.trim() ?? '';
  return browser.fill(label).press(identity.chooseSubmit);
}

async function askPassword(walk: Walk) {
  const browser = await enterRegistered(walk);
  for (let step = 0; step < 4; step += 1) {
    walk.house.wait(10 * minute);
    await browser.open('/register');
  }
  return browser.open('/register/authentication-phone');
}

const identityPath = '/register/confirm-identity';
const identityStates: PageState[] = [
  { route: identityPath, state: 'method to choose', arrive: chooseIdentity },
  {
    route: identityPath,
    state: 'no method chosen',
    arrive: async (walk) => (await chooseIdentity(walk)).press(walk.t.register.identity.chooseSubmit),
  },
  { route: identityPath, state: 'password', arrive: askPassword },
  {
    route: identityPath,
    state: 'wrong password',
    arrive: async (walk) =>
      (await askPassword(walk))
        .fill(walk.t.register.identity.password, 'wrong')
        .press(walk.t.register.identity.passwordSubmit),
  },
  { route: `${identityPath}/code`, state: 'sent', arrive: askIdentityCode },
  {
    route: `${identityPath}/code`,
    state: 'wrong code',
    async arrive(walk) {
      const browser = await askIdentityCode(walk);
      return typeCode(browser, wrongCode(await walk.house.codeFor(walk.number)));
    },
  },
  {
    route: `${identityPath}/code/again`,
    shows: `${identityPath}/code`,
    state: 'too soon',
    arrive: async (walk) => (await askIdentityCode(walk)).press(walk.t.register.code.again),
  },
];

const removalStates: PageState[] = [
  {
    route: '/register/authentication-phone/remove',
    state: 'stops the reset',
    async arrive(walk) {
      const browser = await askIdentityCode(walk);
      return typeCode(browser, await walk.house.codeFor(walk.number));
    },
  },
  ...(['authentication-email', 'office-phone', 'security-questions'] as const).map(
    (kind): PageState => ({
      route: `/register/${kind}/remove`,
      state: 'to review',
      async arrive(walk) {
        await enter(walk, { officePhone });
        walk.house.wait(10 * minute);
        if (kind === 'office-phone') await proveOfficePhone(walk.house, walk.browser, officePhone.number);
        if (kind === 'authentication-email') await proveMail(walk.house, walk.browser, walk.address);
        if (kind === 'security-questions') await answerQuestions(walk.house, walk.browser, threeAnswers);
        return walk.browser.open(`/register/${kind}/remove`);
      },
    }),
  ),
];

/** Every state of the overview, of what follows on it, and of proving who it is. */
export const registerStates = [...overviewStates, ...identityStates, ...removalStates, ...stillRightStates];
