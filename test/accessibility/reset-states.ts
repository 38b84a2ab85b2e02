import type { Browser } from '../helpers/browser.ts';
import { typeCode } from '../helpers/journeys.ts';
import {
  addRegistered,
  askResetMail,
  askResetText,
  choosePassword,
  passMail,
  passPhone,
  startReset,
} from '../helpers/resets.ts';
import { minute } from '../helpers/test-house.ts';
import type { PageState, Walk } from './page-state.ts';

const threeAnswers = ['Appeltaart', 'Robin Smit', 'Zeedijk'];

/** Starts a reset of a name that is nobody's: until a gate is passed all see the same. */
async function begin({ house, browser, userName }: Walk): Promise<Browser> {
  house.wait(3 * minute);
  return startReset(house, userName, { browser });
}

/** Registers the walk's person and starts a reset. */
async function beginRegistered(walk: Walk, how: { wish?: 'locked'; answers?: boolean; mail?: false } = {}) {
  const { house, browser, userName, number: phone, address } = walk;
  const person = { groups: ['Staff'], displayName: 'Zoë de Vries' };
  const answers = how.answers ? threeAnswers : [];
  const mail = how.mail === false ? '' : address;
  const { personId } = await addRegistered(house, userName, { phone, mail, person, answers });
  await startReset(house, userName, { browser, ...(how.wish ? { wish: how.wish } : {}) });
  return personId;
}

async function passBoth(walk: Walk, how: { wish?: 'locked' } = {}): Promise<Browser> {
  await beginRegistered(walk, how);
  await passPhone(walk.house, walk.browser, walk.number);
  return passMail(walk.house, walk.browser, walk.address);
}

async function lockOut({ house, userName, language, t }: Walk): Promise<void> {
  const stranger = house.browser({ language });
  for (let n = 0; n < 11; n += 1) {
    await stranger.open('/sign-in');
    stranger.fill(t.signIn.userName, userName).fill(t.signIn.password, 'wrong');
    await stranger.press(t.signIn.submit);
  }
}

async function passToQuestions(walk: Walk): Promise<Browser> {
  await beginRegistered(walk, { answers: true, mail: false });
  await passPhone(walk.house, walk.browser, walk.number);
  return walk.browser.open('/reset/security-questions');
}

async function askOffice({ browser, t }: Walk): Promise<Browser> {
  await browser.open('/reset/office-phone');
  return browser.fill(t.reset.office.number, '+31 20 794 0000').press(t.reset.office.submit);
}

const startStates: PageState[] = [
  { route: '/reset', state: 'empty', arrive: ({ browser }) => browser.open('/reset') },
  {
    route: '/reset',
    state: 'nothing typed',
    arrive: async ({ browser, t }) => (await browser.open('/reset')).press(t.reset.submit),
  },
  {
    route: '/reset',
    state: 'too often',
    async arrive(walk) {
      for (let n = 0; n < 11; n += 1) await begin(walk);
      return walk.browser;
    },
  },
  { route: '/reset/methods', state: 'at first', arrive: begin },
  {
    route: '/reset/methods',
    state: 'after one gate',
    async arrive(walk) {
      await beginRegistered(walk);
      return passPhone(walk.house, walk.browser, walk.number);
    },
  },
];

/** The pages on which a number or address is typed, and those of their codes. */
const valueStates: PageState[] = (
  [
    ['authentication-phone', (walk: Walk) => askResetText(walk.browser, walk.number)],
    ['authentication-email', (walk: Walk) => askResetMail(walk.browser, walk.address)],
    ['office-phone', askOffice],
  ] as const
).flatMap(([kind, ask]): PageState[] => [
  {
    route: `/reset/${kind}`,
    state: 'empty',
    async arrive(walk) {
      await begin(walk);
      return walk.browser.open(`/reset/${kind}`);
    },
  },
  {
    route: `/reset/${kind}`,
    state: 'nothing typed',
    async arrive(walk) {
      const { reset } = walk.t;
      await begin(walk);
      await walk.browser.open(`/reset/${kind}`);
      return walk.browser.press(kind === 'office-phone' ? reset.office.submit : reset.phone.submit);
    },
  },
  {
    route: `/reset/${kind}/code`,
    state: 'asked',
    async arrive(walk) {
      await begin(walk);
      return ask(walk);
    },
  },
  {
    route: `/reset/${kind}/code`,
    state: 'wrong code',
    async arrive(walk) {
      await begin(walk);
      await ask(walk);
      return typeCode(walk.browser, '123456');
    },
  },
  {
    route: `/reset/${kind}/code/again`,
    state: 'asked again',
    shows: `/reset/${kind}/code`,
    async arrive(walk) {
      const { code } = walk.t.register;
      await begin(walk);
      await ask(walk);
      walk.house.wait(minute);
      return walk.browser.press(kind === 'office-phone' ? code.callAgain : code.again);
    },
  },
]);

const questionStates: PageState[] = [
  { route: '/reset/security-questions', state: 'empty', arrive: passToQuestions },
  {
    route: '/reset/security-questions',
    state: 'nothing typed, shown while typed',
    async arrive(walk) {
      await passToQuestions(walk);
      await walk.browser.click(walk.t.reset.questions.show);
      return walk.browser.press(walk.t.reset.questions.submit);
    },
  },
  {
    route: '/reset/security-questions',
    state: 'wrong answers',
    async arrive(walk) {
      const { browser, t } = await passToQuestions(walk).then((browser) => ({ ...walk, browser }));
      for (const label of browser.document.querySelectorAll('main label'))
        browser.fill(label.textContent?.trim() ?? '', 'iets anders');
      return browser.press(t.reset.questions.submit);
    },
  },
];

const endStates: PageState[] = [
  { route: '/reset/new-password', state: 'empty', arrive: (walk) => passBoth(walk) },
  {
    route: '/reset/new-password',
    state: 'not locked',
    arrive: (walk) => passBoth(walk, { wish: 'locked' }),
  },
  {
    route: '/reset/new-password',
    state: 'refused, shown while typed',
    async arrive(walk) {
      await passBoth(walk);
      await walk.browser.click(walk.t.reset.password.show);
      return walk.browser.fill(walk.t.reset.password.label, 'kort').press(walk.t.reset.password.submit);
    },
  },
  {
    route: '/reset/unlock',
    state: 'locked',
    async arrive(walk) {
      await beginRegistered(walk, { wish: 'locked' });
      await lockOut(walk);
      await passPhone(walk.house, walk.browser, walk.number);
      return passMail(walk.house, walk.browser, walk.address);
    },
  },
  {
    route: '/reset/unlocked',
    state: 'unlocked',
    async arrive(walk) {
      await beginRegistered(walk, { wish: 'locked' });
      await lockOut(walk);
      await passPhone(walk.house, walk.browser, walk.number);
      await passMail(walk.house, walk.browser, walk.address);
      return walk.browser.press(walk.t.reset.unlock.submit);
    },
  },
  { route: '/reset/done', state: 'done', arrive: async (walk) => choosePassword(await passBoth(walk)) },
  {
    route: '/reset/under-way',
    state: 'cut off on its way',
    async arrive(walk) {
      const { browser, house } = walk;
      await choosePassword(await passBoth(walk));
      await house.deps.db.updateTable('resets').set({ ended_as: 'setting' }).execute();
      return browser.open('/reset/done');
    },
  },
  {
    route: '/reset/not-possible',
    state: 'not enough set up',
    async arrive(walk) {
      await beginRegistered(walk, { mail: false });
      return passPhone(walk.house, walk.browser, walk.number);
    },
  },
  {
    route: '/reset/not-possible',
    state: 'stopped',
    async arrive(walk) {
      const personId = await beginRegistered(walk);
      await passPhone(walk.house, walk.browser, walk.number);
      const disabled = { disabled_at: walk.house.clock.now };
      await walk.house.deps.db.updateTable('people').set(disabled).where('id', '=', personId).execute();
      return walk.browser.open('/reset/methods');
    },
  },
];

/** Every state of the pages of getting back in. */
export const resetStates: PageState[] = [...startStates, ...valueStates, ...questionStates, ...endStates];
