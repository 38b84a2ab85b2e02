import type { redeem as nl } from '../nl/redeem.ts';

/** Coming in with a one-time access code. */
export const redeem: typeof nl = {
  title: 'Go on with an access code',
  link: 'I have an access code from my administrator',
  intro:
    'Has your administrator given you an access code? With it you choose a new password and set everything up again.',
  code: 'Access code',
  hint: 'Four groups of four characters. Capitals, spaces and hyphens do not matter.',
  submit: 'Continue',
  none: 'No code? Only your administrator can give you one. A code is valid for 24 hours at most and works once.',
  wrong: 'The user name or the code is not right, or the code is no longer valid. Check both and try again.',
  resting: (wait) => `A wrong code was typed too often. Try again in ${wait}.`,
  password: {
    title: 'Choose a new password',
    intro:
      'Your code is right. Choose a new password now. Only you know it: not even your administrator can see it.',
    after:
      'As soon as you save it, we remove the ways to prove who you are that you had set up before. After that you set them up again.',
    done: 'Your new password is saved. Now set up again how you can prove who you are.',
  },
};
