import type { changePassword as nl } from '../nl/change-password.ts';

/** Changing a password that is known. */
export const changePassword: typeof nl = {
  expired: 'Your password has run out. Choose another one now.',
  title: 'Change your password',
  intro: 'Type the password that you have now, and choose a new one.',
  current: 'The password you have now',
  show: 'Show what I type as my new password',
  hide: 'Hide what I type as my new password',
  after: 'Other browsers in which you are signed in are signed out. We send a message to your addresses.',
  wrong: 'This is not the password you have now. Check it and try again.',
  same: 'This is the password you already have. Choose another password.',
  tooOften: (wait) => `You have changed your password too often today. Try again in ${wait}.`,
  done: 'Your new password is saved. Other browsers are signed out.',
};
