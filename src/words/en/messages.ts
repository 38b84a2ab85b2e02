import type { messages as nl } from '../nl/messages.ts';

/** Texts, calls and mails. A text keeps to plain letters where it can: others halve what fits in one. */
export const messages: typeof nl = {
  code: {
    text: ({ code, organisation, until }) =>
      `${code} is your code for ${organisation}. Valid until ${until}. Give this code to nobody.`,
    call: ({ digits, organisation }) =>
      `Hello. This is a code from ${organisation}. Your code is: ${digits}. I repeat: ${digits}. Give this code to nobody. Goodbye.`,
    subject: ({ organisation }) => `Your code for ${organisation}`,
    heading: 'Your code',
    intro: ({ organisation }) => `Type this code on the page of ${organisation} that asks for it:`,
    valid: ({ until }) => `The code is valid until ${until}.`,
    keep: 'Give this code to nobody, not even to somebody who offers to help. If you did not ask for a code, you need not do anything.',
  },
  methods: {
    'office-phone': 'office phone',
    'authentication-phone': 'phone number',
    'authentication-email': 'e-mail address',
  },
  noticeSubject: ({ organisation }) => `Your details at ${organisation} were changed`,
  noticeHeading: 'Your details were changed',
  methodAdded: ({ method, organisation, when }) =>
    `On ${when} your ${method} was added at ${organisation} as a way to prove who you are.`,
  methodChanged: ({ method, organisation, when }) =>
    `On ${when} your ${method}, a way to prove who you are, was changed at ${organisation}.`,
  methodRemoved: ({ method, organisation, when }) =>
    `On ${when} your ${method} was removed at ${organisation} as a way to prove who you are.`,
  questionsChanged: ({ organisation, when }) =>
    `On ${when} your security questions were changed at ${organisation}.`,
  yours: 'If you did this yourself, you need not do anything.',
  notYours: 'Was it not you? Please contact your administrator at once.',
  notYoursContact: 'Was it not you? Please get in touch at once:',
  lookHere: 'You can see what is kept about you here:',
};
