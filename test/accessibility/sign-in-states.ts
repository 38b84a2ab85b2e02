import { password } from '../helpers/test-house.ts';
import { enter, type PageState, type Walk } from './page-state.ts';

async function enterFirstTime({ house, browser, t, userName }: Walk) {
  const { firstPassword } = await house.addPerson(userName, { oneTime: true });
  await browser.open('/sign-in');
  browser.fill(t.signIn.userName, userName).fill(t.signIn.password, firstPassword);
  return browser.press(t.signIn.submit);
}

/** Every state of the pages of signing in and out. */
export const signInStates: PageState[] = [
  { route: '/sign-in', state: 'empty', arrive: ({ browser }) => browser.open('/sign-in') },
  {
    route: '/sign-in',
    state: 'nothing typed',
    arrive: async ({ browser, t }) => (await browser.open('/sign-in')).press(t.signIn.submit),
  },
  {
    route: '/sign-in',
    state: 'wrong password',
    async arrive({ browser, t }) {
      await browser.open('/sign-in');
      browser.fill(t.signIn.userName, 'nobody').fill(t.signIn.password, 'wrong');
      return browser.press(t.signIn.submit);
    },
  },
  { route: '/sign-in/new-password', state: 'empty', arrive: enterFirstTime },
  {
    route: '/sign-in/new-password',
    state: 'refused',
    async arrive(walk) {
      const { t, browser } = walk;
      await enterFirstTime(walk);
      return browser.fill(t.signIn.newPassword.label, 'kort').press(t.signIn.newPassword.submit);
    },
  },
  {
    route: '/sign-out',
    state: 'signed out',
    arrive: async (walk) => (await enter(walk)).press(walk.t.common.signOut),
  },
];

/** The pages that say what went wrong. */
export const errorStates: PageState[] = [
  { route: 'error', state: 'not found', status: 404, arrive: ({ browser }) => browser.open('/nowhere') },
  {
    route: 'error',
    state: 'forged',
    status: 403,
    arrive: async ({ browser }) => (await browser.open('/sign-in')).post('/sign-in', { csrf: 'made up' }),
  },
  {
    route: 'error',
    state: 'without cookies',
    status: 400,
    arrive: ({ house, language }) => house.browser({ language, cookies: false }).post('/sign-in', {}),
  },
  {
    route: 'error',
    state: 'not allowed',
    status: 405,
    arrive: async ({ browser }) => {
      await browser.open('/register/finished');
      return browser.post('/register/finished', { csrf: browser.csrf });
    },
  },
  {
    route: 'error',
    state: 'too large',
    status: 413,
    arrive: ({ browser }) => browser.post('/sign-in', { userName: 'x'.repeat(20_000) }),
  },
  {
    route: 'error',
    state: 'busy',
    status: 503,
    async arrive({ house, userName, language }) {
      await house.addPerson(userName);
      const crowd = await Promise.all(
        Array.from({ length: 16 }, () => house.browser({ language }).open('/sign-in')),
      );
      const fields = { userName, password };
      await Promise.all(crowd.map((one) => one.post('/sign-in', { ...fields, csrf: one.csrf })));
      return crowd.find(({ status }) => status === 503);
    },
  },
];
