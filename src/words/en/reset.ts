import type { reset as dutch } from '../nl/reset.ts';

export const reset: typeof dutch = {
  title: 'Get back in by yourself',
  intro: 'Have you forgotten your password, or is your account locked? Here you can get back in by yourself.',
  closed: 'Your organisation does not allow this now. Contact your administrator.',
  userName: 'User name',
  userNameHint: 'The name with which you sign in at work.',
  wish: 'What is the matter?',
  wishes: {
    forgot: 'I forgot my password',
    locked: 'I know my password, but my account is locked',
  },
  submit: 'Continue',
  timeLimit: 'From here you have one hour. If you do nothing for 15 minutes, you start again.',
  startWait: (wait: string) => `There were too many tries to get in. Try again in ${wait}.`,
  signIn: 'Back to signing in',
  over: 'The time is up, or you had not started yet. Start again here.',
  methods: {
    title: 'Prove that it is you',
    needed: (n: number) =>
      n === 1 ? 'Prove in one way that it is you.' : `Prove in ${n} different ways that it is you.`,
    more: (n: number) => (n === 1 ? 'You need 1 more way.' : `You need ${n} more ways.`),
    own: 'Only what you have set up yourself before will work.',
    choose: {
      'authentication-phone': 'Use your own phone',
      'authentication-email': 'Use your own e-mail address',
      'office-phone': 'Use your office phone',
      'security-questions': 'Answer your questions',
    },
    questionsLater: 'You can answer your questions once you have proven in another way that it is you.',
    again: 'Start again',
  },
  phone: {
    title: 'Your own phone',
    number: 'Phone number',
    hint: 'The whole number that you have set up, for example 06 12345678. Start a number from another country with its country code, such as +32.',
    channel: 'How would you like to get the code?',
    submit: 'Send a code',
  },
  email: {
    title: 'Your own e-mail address',
    address: 'E-mail address',
    hint: 'The whole address that you have set up, for example name@example.org.',
    submit: 'Send a code',
  },
  office: {
    title: 'Your office phone',
    number: 'Number of your office phone',
    hint: 'The whole number, for example 020 7940000. Make sure that you are at the phone: we call and read out a code.',
    submit: 'Call this number now',
  },
  another: 'Choose another way',
  code: {
    title: {
      'authentication-phone': 'The code for your phone',
      'authentication-email': 'The code for your e-mail address',
      'office-phone': 'The code from your office phone',
    },
    sent: {
      text: (to: string) => `If ${to} belongs to your account, you now get a text with a code.`,
      call: (to: string) => `If ${to} belongs to your account, we now call and read out a code.`,
      mail: (to: string) => `If ${to} belongs to your account, you now get an e-mail with a code.`,
    },
    sentAgain: {
      text: 'We send the text once more, if the number is right.',
      call: 'We call once more, if the number is right.',
      mail: 'We send the e-mail once more, if the address is right.',
    },
    nothing: 'Also check what you typed, or choose another way.',
    retype: {
      'authentication-phone': 'Type the number again',
      'authentication-email': 'Type the address again',
      'office-phone': 'Type the number again',
    },
    tooMany: 'Too many codes were asked for. Start again.',
    passed: 'That is right.',
  },
  questions: {
    title: 'Your questions',
    intro: 'Answer all questions. Capitals and extra spaces make no difference.',
    submit: 'Check the answers',
    problem: (question: string, problem: string) => `“${question}” ${problem}`,
    incorrect: 'Not all answers are right. Check all of them and try again.',
    resting: (wait: string) =>
      `Too many wrong answers were given. Try again in ${wait}, or choose another way.`,
    hide: 'Hide what I type',
    show: 'Show what I type',
  },
  password: {
    title: 'Choose a new password',
    intro: 'You have proven that it is you.',
    notLocked: 'Your account is not locked. If signing in does not work, choose a new password.',
    hint: 'At least 8 characters. A few words in a row are strong and easy to remember.',
    label: 'New password',
    repeat: 'New password once more',
    submit: 'Save password',
    hide: 'Hide what I type',
    show: 'Show what I type',
    notEqual: 'The two passwords are not the same. Type the same password twice.',
  },
  unlock: {
    title: 'Unlock your account',
    text: 'You have proven that it is you. Your account is locked after too many wrong passwords.',
    keep: 'Afterwards you can sign in at once with the password that you had.',
    submit: 'Unlock my account',
    forgot: 'Choose a new password after all',
  },
  done: {
    titles: {
      reset: 'Your password has been changed',
      unlocked: 'Your account is unlocked',
      setting: 'Your password is still being saved',
    },
    reset: 'Now sign in with your new password. Wherever you were still signed in, you are signed out.',
    unlocked:
      'Now sign in with the password that you had. Wherever you were still signed in, you are signed out.',
    setting:
      'This takes longer than usual. In a minute, try your new password first; if it does not work, the old one still does.',
    told: 'We have told you of this at every address of yours that we know.',
    answers:
      'Your answers to the questions stay in force. You can only not look at them any more, because they were sealed with your old password.',
    signIn: 'Sign in',
    look: 'Look again',
  },
  notPossible: {
    title: 'This does not work',
    notEnough:
      'What you have proven is right, but not enough has been set up to get back in by yourself. Nothing has changed.',
    stopped:
      'Something about your account has changed in the meantime. That is why this does not go on. Your password has not been changed.',
    help: 'Your administrator can help you, for example with a one-time access code.',
    helpLink: 'Get in touch',
    accessCode: 'I have an access code',
    again: 'Start again',
  },
};
