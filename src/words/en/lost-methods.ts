import type { lostMethods as nl } from '../nl/lost-methods.ts';

/** For who can prove none of the methods any more. */
export const lostMethods: typeof nl = {
  link: 'I have none of these any more',
  title: 'You can no longer prove who you are',
  intro: 'There are two ways to go on all the same. Try the first one first: it is the quickest.',
  quick: 'Quick: an access code',
  quickText:
    'Your administrator can give you an access code. With it you choose a new password at once and set everything up again.',
  redeem: 'I have an access code',
  slow: 'Slow: wait for 72 hours',
  slowText:
    'Can you not reach your administrator? Then after 72 hours you may change how you prove who you are with your password alone. We send a message to every address we have for you now. Whoever gets such a message can stop the change.',
  ask: 'Start waiting',
  waiting: (due) => `You are waiting now. From ${due} you can go on here.`,
  waitingText: 'Sign in again then, and come back to this page. You can close this page now.',
  cancel: 'Stop waiting',
  due: (until) =>
    `The 72 hours are over. Until ${until} you can change how you prove who you are without a code.`,
  dueText:
    'You can do this once, and then have 30 minutes for it. Change or remove everything that you no longer have.',
  goOn: 'Change them now',
  said: {
    asked: 'The waiting has begun. We have sent a message to all your addresses.',
    cancelled: 'You are no longer waiting. Nothing has changed.',
    admitted: 'You can change how you prove who you are for 30 minutes now.',
    ended: 'There is no change waiting any more.',
  },
  tooOften: (wait) => `You have asked for this too often. Try again in ${wait}.`,
  nobodyToTell:
    'This cannot be done: we have no address or number to send you a message. Ask your administrator for an access code.',
};
