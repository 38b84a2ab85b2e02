export const common = {
  error: 'Error',
  problemsTitle: 'There is a problem',
  skipLink: 'Skip to content',
  languageName: 'English',
  signOut: 'Sign out',
  help: 'Need help?',
  helpContact: 'Contact your administrator',
  service: (organisation: string) => `Account recovery for ${organisation}`,
  backToOverview: 'Back to the overview',
  seconds: (n: number) => (n === 1 ? '1 second' : `${n} seconds`),
  minutes: (n: number) => (n === 1 ? '1 minute' : `${n} minutes`),
  hours: (n: number) => (n === 1 ? '1 hour' : `${n} hours`),
  errors: {
    malformed: {
      heading: 'We could not read this request',
      text: 'Nothing has changed.',
      mend: 'Go back and try again.',
    },
    forged: {
      heading: 'This page was out of date',
      text: 'We could not tell whether this form came from your own browser. Nothing has changed.',
      mend: 'Open the page again and fill in the form once more.',
    },
    'no-cookies': {
      heading: 'Your browser sends no cookies',
      text: 'Without cookies we cannot remember that it is you.',
      mend: 'Allow cookies for this website and try again. We only use cookies that are needed to sign you in.',
    },
    'not-found': {
      heading: 'This page does not exist',
      text: 'The address was mistyped, or the page is no longer there.',
      mend: 'Start again from the overview.',
    },
    'not-allowed': {
      heading: 'That cannot be done here',
      text: 'This page cannot be asked for in that way. Nothing has changed.',
      mend: 'Start again from the overview.',
    },
    'too-large': {
      heading: 'That was too much text',
      text: 'What you sent is larger than we accept. Nothing has changed.',
      mend: 'Go back and type a shorter text.',
    },
    busy: {
      heading: 'It is very busy right now',
      text: 'We could not deal with your request at once. Nothing is lost.',
      mend: 'Wait a few seconds and try again.',
    },
    away: {
      heading: 'We cannot go on just now',
      text: 'A part that is needed for this is out of reach. What was ready is kept.',
      mend: 'Wait a minute and try again.',
    },
    'directory-away': {
      heading: 'Your organisation’s directory does not answer',
      text: 'It keeps the passwords, so nobody can sign in or choose a password just now. Nothing you registered is lost. Did you just choose a new password? Then either the old one or the new one works.',
      mend: 'Wait a minute and try again.',
    },
    broken: {
      heading: 'Something went wrong on our side',
      text: 'It is not your fault. What was ready is kept.',
      mend: 'Try again in a few minutes.',
    },
  },
  requestId: 'Mention this number when you ask for help:',
  start: 'To the overview',
};
