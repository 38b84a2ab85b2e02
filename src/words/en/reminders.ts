import type { reminders as nl } from '../nl/reminders.ts';

type Organisation = { organisation: string };
type On = { day: string };

/** Reminders, and who is overdue: mails to people, and what administrators’ commands say. */
export const reminders: typeof nl = {
  mail: {
    subjects: {
      demanded: ({ organisation }: Organisation) => `Check your details at ${organisation} again`,
      'never-registered': ({ organisation }: Organisation) =>
        `Set up how you get back into your account at ${organisation}`,
      incomplete: ({ organisation }: Organisation) =>
        `Finish setting up how you get back into your account at ${organisation}`,
      'check-due': ({ organisation }: Organisation) => `Are your details at ${organisation} still right?`,
    },
    why: {
      demanded: ({ organisation }: Organisation) =>
        `An administrator of ${organisation} asks you to check again how you prove who you are.`,
      'never-registered': ({ organisation }: Organisation) =>
        `You get this message because you have not yet set up at ${organisation} how you prove who you are. Without that you cannot choose a new password when you forget yours.`,
      incomplete: ({ organisation }: Organisation) =>
        `You get this message because you began to set up at ${organisation} how you prove who you are, and something is still missing.`,
      'check-due': ({ organisation }: Organisation) =>
        `You get this message because ${organisation} asks you now and then to check that your phone number, e-mail address and questions are still right.`,
    },
    when: {
      demanded: {
        coming: ({ day }: On) => `This was asked on ${day}.`,
        passed: ({ day }: On) => `This was asked on ${day}.`,
      },
      'never-registered': {
        coming: ({ day }: On) => `Please do this by ${day}.`,
        passed: ({ day }: On) => `This should have been done by ${day}.`,
      },
      incomplete: {
        coming: ({ day }: On) => `Please finish it by ${day}.`,
        passed: ({ day }: On) => `This should have been done by ${day}.`,
      },
      'check-due': {
        coming: ({ day }: On) => `Please do this by ${day}.`,
        passed: ({ day }: On) => `This should have been done by ${day}.`,
      },
    },
    how: 'Sign in on the page with your user name and password and follow the steps. It takes a few minutes.',
    where: 'You do it here:',
    trust: 'Do you doubt this message? Then do not click, but type the address into your browser yourself.',
    ask: 'Any questions? Contact your administrator.',
    askContact: 'Any questions? Contact:',
  },
  badFormat: 'The format can only be table, json, csv or ndjson.',
  problems: {
    'mail-not-carried': 'Sparekey cannot send mails now. Set SMTP_URL and start the server again.',
  },
  reasons: {
    demanded: 'asked again',
    'never-registered': 'nothing registered',
    incomplete: 'not finished',
    'check-due': 'check due',
  },
  columns: {
    userName: 'User',
    displayName: 'Name',
    reason: 'Why',
    since: 'Since',
    days: 'Days',
  },
  overview: {
    at: (moment: string) => `As of ${moment}`,
    total: 'People',
    disabled: 'Disabled',
    enabled: 'Taking part',
    registered: 'Registered',
    ableToReset: 'Able to reset',
    partlyRegistered: 'Partly registered',
    filledIn: 'Filled in, not confirmed',
    overdue: 'Overdue',
    sealedAnew: 'Sealed anew',
    unopenable: 'Cannot be opened',
    policy: (version: number) => `Policy version ${version}`,
    losses: ({ missing, of, since }) =>
      `Since ${since} ${missing} of ${of} people have been missing from the directory. None of them is disabled. If they are meant to be gone, confirm it on the server: sparekey directory sync --accept-losses ${missing}`,
  },
  nobodyOverdue: 'Nobody is overdue.',
  overdueCount: (count: string) => (count === '1' ? '1 person is overdue.' : `${count} people are overdue.`),
  selected: (count: string) => `${count} selected`,
  toSend: (count: string) => `${count} to remind`,
  sent: (count: string) => `${count} reminded`,
  withoutMailbox: (count: string) => `${count} without a work mailbox`,
  remindedToday: (count: string) => `${count} reminded today already`,
  commands: {
    overdue: `Who is overdue: since when and why

  overdue [--reason REASON] [--group GROUP] [--prefix START]
          [--sort since|name] [--order asc|desc]
          [--format table|json|csv|ndjson]

Reasons: demanded, never-registered, incomplete, check-due.
--prefix: how the user name or a word of the name begins.

Examples:
  npm run admin -- overdue
  npm run admin -- overdue --reason never-registered --group Staff
  npm run admin -- overdue --format csv > overdue.csv`,
    overview: `The overview: how many people stand how

  overview [--format table|json]

Examples:
  npm run admin -- overview
  npm run admin -- overview --format json`,
    report: `The overview with who is overdue by reason, as text or JSON

  report [--format table|json]

Examples:
  npm run admin -- report > standing.txt
  npm run admin -- report --format json`,
    remind: `Send reminders to who is overdue

  remind [--reason REASON] [--group GROUP] [--prefix START] [--dry-run]
         [--format table|json]

Nobody is reminded twice in a day. With --dry-run it is only counted.

Examples:
  npm run admin -- remind --dry-run
  npm run admin -- remind --reason incomplete --group Staff`,
  },
};
