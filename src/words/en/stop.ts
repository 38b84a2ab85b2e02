import type { stop as nl } from '../nl/stop.ts';

/** What the links in notices lead to. */
export const stop: typeof nl = {
  title: 'Was it not you?',
  intro:
    'Did you get a message about something that you did not do yourself? Then block your account with the button below.',
  does: [
    'Everybody who is signed in to your account now is signed out.',
    'Nobody can sign in or reset your password any more, not even you.',
    'Your administrators are told. Only they can lift the block.',
  ],
  doesNot: 'Your password and your details stay as they are.',
  submit: 'Yes, block my account',
  mine: 'Was it you after all? Then close this page. Nothing changes.',
  notValid: 'This link no longer works. A link is valid for 7 days and works once.',
  used: 'Have you used the link already? Then your account is blocked until your administrator lifts that.',
  askNow: 'If you are worried, contact your administrator at once.',
  done: {
    title: 'Your account is blocked',
    text: 'Everybody is signed out. Nobody can sign in or reset your password any more.',
    told: 'Your administrators have been told.',
    next: 'Contact your administrator, who can lift the block and help you on your way again.',
  },
  change: {
    title: 'Stop the change?',
    intro:
      'Somebody who knows your password has asked to be allowed to change your details without a code. If that was not you, stop it with the button below.',
    does: ['The change does not go ahead.', 'Everybody who is signed in to your account now is signed out.'],
    password: 'Choose a new password straight afterwards: somebody else knows the old one.',
    submit: 'Yes, stop the change',
    mine: 'Did you ask for it yourself? Then close this page. Nothing changes.',
    notValid: 'This link no longer works. There is no change waiting that this link could stop.',
    done: {
      title: 'The change does not go ahead',
      text: 'Your details stay as they are, and everybody is signed out.',
      next: 'If you had not asked for it, somebody else knows your password. Sign in and choose a new password.',
      signIn: 'Sign in and change your password',
    },
  },
};
