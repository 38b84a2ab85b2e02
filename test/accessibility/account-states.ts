import { chooseWithCode, issueAccessCode, typeAccessCode } from '../helpers/access-codes.ts';
import type { Browser } from '../helpers/browser.ts';
import { answerQuestions, proveMail, provePhone, signIn } from '../helpers/journeys.ts';
import { changePassword, linkIn, newestWithLink } from '../helpers/notices.ts';
import { hour, minute, password } from '../helpers/test-house.ts';
import { threeAnswers } from './method-states.ts';
import { enter, type PageState, type Walk } from './page-state.ts';

const newPassword = 'zeven vogels zingen';

/** Registers a phone and an address, and waits until messages may be sent again. */
async function enterAble(walk: Walk): Promise<Browser> {
  const browser = await enter(walk, { workMailbox: `${walk.userName}@example.org` });
  await provePhone(walk.house, browser, { number: walk.number });
  await proveMail(walk.house, browser, walk.address);
  walk.house.wait(35 * minute);
  return signIn(walk.house, walk.userName, walk.house.browser({ language: walk.language }));
}

async function enterLost(walk: Walk): Promise<Browser> {
  const browser = await enterAble(walk);
  return browser.open('/register/lost-methods');
}

async function waitingLink(walk: Walk): Promise<string> {
  const browser = await enterLost(walk);
  await browser.press(walk.t.lostMethods.ask);
  return linkIn(await newestWithLink(walk.house, '/stop/change'), '/stop/change');
}

async function stopLink(walk: Walk): Promise<string> {
  const browser = await enter(walk, { workMailbox: `${walk.userName}@example.org` });
  await changePassword(browser, newPassword);
  return linkIn(await newestWithLink(walk.house, '/stop'), '/stop');
}

async function enterAnswered(walk: Walk): Promise<Browser> {
  const browser = await enter(walk);
  await answerQuestions(walk.house, browser, threeAnswers);
  return browser.open('/account/answers');
}

/** The password is set past Sparekey, and the answers asked for with it. */
async function enterElsewhere(walk: Walk): Promise<Browser> {
  const browser = await enterAnswered(walk);
  const { directory } = walk.house.deps;
  await directory.setPassword(walk.userName, await directory.preparePassword(walk.userName, newPassword));
  return browser.fill(walk.t.register.identity.password, newPassword).press(walk.t.account.answers.submit);
}

async function enterWithCode(walk: Walk): Promise<Browser> {
  await walk.house.addPerson(walk.userName, { displayName: 'Zoë de Vries', groups: ['Staff'] });
  return typeAccessCode(walk.browser, walk.userName, await issueAccessCode(walk.house, walk.userName));
}

/** Every state of what the links in notices lead to. */
const stopStates: PageState[] = [
  {
    route: '/stop',
    state: 'what it does',
    arrive: async (walk) => walk.house.browser({ language: walk.language }).open(await stopLink(walk)),
  },
  { route: '/stop', state: 'no longer valid', arrive: ({ browser }) => browser.open('/stop') },
  {
    route: '/stop/done',
    state: 'blocked',
    async arrive(walk) {
      const browser = walk.house.browser({ language: walk.language });
      return (await browser.open(await stopLink(walk))).press(walk.t.stop.submit);
    },
  },
  {
    route: '/sign-in',
    state: 'blocked',
    async arrive(walk) {
      const browser = walk.house.browser({ language: walk.language });
      await (await browser.open(await stopLink(walk))).press(walk.t.stop.submit);
      await browser.open('/sign-in');
      const words = walk.t.signIn;
      return browser
        .fill(words.userName, walk.userName)
        .fill(words.password, newPassword)
        .press(words.submit);
    },
  },
  {
    route: '/stop/change',
    state: 'what it does',
    arrive: async (walk) => walk.house.browser({ language: walk.language }).open(await waitingLink(walk)),
  },
  { route: '/stop/change', state: 'no longer valid', arrive: ({ browser }) => browser.open('/stop/change') },
  {
    route: '/stop/change/done',
    state: 'cancelled',
    async arrive(walk) {
      const browser = walk.house.browser({ language: walk.language });
      return (await browser.open(await waitingLink(walk))).press(walk.t.stop.change.submit);
    },
  },
];

const lostStates: PageState[] = [
  { route: '/register/lost-methods', state: 'nothing waits', arrive: enterLost },
  {
    route: '/register/lost-methods',
    state: 'waiting',
    arrive: async (walk) => (await enterLost(walk)).press(walk.t.lostMethods.ask),
  },
  {
    route: '/register/lost-methods',
    state: 'the wait is over',
    async arrive(walk) {
      await (await enterLost(walk)).press(walk.t.lostMethods.ask);
      walk.house.wait(72 * hour);
      const browser = await signIn(
        walk.house,
        walk.userName,
        walk.house.browser({ language: walk.language }),
      );
      return browser.open('/register/lost-methods');
    },
  },
];

const redeemStates: PageState[] = [
  { route: '/redeem', state: 'empty', arrive: ({ browser }) => browser.open('/redeem') },
  {
    route: '/redeem',
    state: 'nothing typed',
    arrive: async ({ browser, t }) => (await browser.open('/redeem')).press(t.redeem.submit),
  },
  {
    route: '/redeem',
    state: 'wrong code',
    arrive: ({ browser }) => typeAccessCode(browser, 'nobody', 'abcd-efgh-2345-mnpq'),
  },
  { route: '/redeem/password', state: 'empty', arrive: enterWithCode },
  {
    route: '/redeem/password',
    state: 'refused',
    arrive: async (walk) => chooseWithCode(await enterWithCode(walk), 'kort'),
  },
];

const passwordStates: PageState[] = [
  {
    route: '/change-password',
    state: 'empty',
    arrive: async (walk) => (await enter(walk)).open('/change-password'),
  },
  {
    route: '/change-password',
    state: 'shown while it is typed',
    arrive: async (walk) => (await enter(walk)).open('/change-password?typing=shown'),
  },
  {
    route: '/change-password',
    state: 'refused',
    arrive: async (walk) => changePassword(await enter(walk), 'kort'),
  },
];

const ownStates: PageState[] = [
  {
    route: '/account',
    state: 'with everything, signed in twice',
    async arrive(walk) {
      await enterAble(walk);
      return (await signIn(walk.house, walk.userName, walk.browser)).open('/account');
    },
  },
  { route: '/account', state: 'as new', arrive: async (walk) => (await enter(walk)).open('/account') },
  { route: '/account/answers', state: 'asks', arrive: enterAnswered },
  {
    route: '/account/answers',
    state: 'wrong password',
    async arrive(walk) {
      const browser = await enterAnswered(walk);
      return browser.fill(walk.t.register.identity.password, 'wrong').press(walk.t.account.answers.submit);
    },
  },
  {
    route: '/account/answers',
    state: 'shown',
    async arrive(walk) {
      const browser = await enterAnswered(walk);
      return browser.fill(walk.t.register.identity.password, password).press(walk.t.account.answers.submit);
    },
  },
  { route: '/account/answers', state: 'asks the password before', arrive: enterElsewhere },
  {
    route: '/account/answers/anew',
    state: 'asks',
    arrive: async (walk) => (await enterElsewhere(walk)).click(walk.t.account.answers.anew),
  },
  {
    route: '/account/download',
    state: 'asks',
    arrive: async (walk) => (await enter(walk)).open('/account/download'),
  },
];

/** Every state of the pages around a person's own account. */
export const accountStates: PageState[] = [
  ...stopStates,
  ...lostStates,
  ...redeemStates,
  ...passwordStates,
  ...ownStates,
];
