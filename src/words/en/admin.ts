export const admin = {
  /** Why the door refuses something; what is not here is in `problems`. */
  problems: {
    'not-found': 'This address does not exist. See the list of routes at /openapi.json.',
    'body-unreadable': 'The body is not JSON. Check the body and its content type.',
    'body-too-large': 'The body is too large. Send 256 kB at most.',
    'too-busy': 'There is too much to do at once. Try again in a moment.',
    away: 'The database is out of reach just now. Try again in a moment.',
    failed: 'Something went wrong in Sparekey. Nothing was changed; the log says more.',
    'unknown-field': 'There is no such field. Check its name.',
    missing: 'This field is missing. Fill it in.',
    'not-valid': 'This value cannot be used here. Check what this field can be.',
    'too-small': 'This value is too small or too short. Check how much it must be at least.',
    'too-large': 'This value is too large or too long. Check how much it can be at most.',
    'changed-meanwhile':
      'Somebody else has changed the policy meanwhile. Look at it again and then try once more.',
    'fewer-than-to-reset': 'This is less than a reset needs. Ask for at least as many.',
    'more-than-methods-enabled': 'Not that many methods are on. Turn on more or ask for fewer.',
    'more-than-registered': 'This is more than people register. Ask for as many at most.',
    'unknown-country':
      'We know no phone numbers of this country. Use country codes of two letters, such as NL or BE.',
    'too-few-questions':
      'That leaves fewer approved questions than people must answer. Add a question first or ask for fewer.',
    'too-many-questions': 'There are 20 custom questions already. Retire one first.',
    'question-text-missing': 'Give the question in at least one language.',
    'question-already-there': 'This question is in the list already. Think of another one.',
    'question-unknown': 'There is no such question. Check its id in the list of questions.',
    'person-unknown': 'We do not know this user name. Check the name.',
    'user-name-unusable':
      'This cannot be a user name. Use letters of one alphabet, digits and . _ @ + \u2019 -.',
    'directory-away':
      'The directory of your organisation does not answer. Nothing has changed. Try again in a minute.',
    'directory-owns':
      'This stands in the directory of your organisation. Change it there; it follows here by itself.',
    'name-taken': 'This user name is taken. Choose another one.',
    'already-proven': 'This person has confirmed this already. Only the person can change it.',
    'method-off': 'This method is not on for this person in the policy.',
    'consent-in-future': 'This date is in the future. Give the day on which consent was given.',
    'phone-equals-office-phone': 'This is the person’s office phone. Give another number.',
    'email-own-domain':
      'This address belongs to the organisation. Give a private address that can be read without the password.',
    'email-own-mailbox': 'This is the person’s work address. Give another address.',
    'channel-missing': 'Choose text or call, as far as the policy allows it.',
  },
  terminal: {
    overview: `Sparekey for administrators

Commands:
  policy     see or change the policy
  questions  see the security questions, add one or retire one
  audit      see the audit, take it out, check it
  people     find people, add them, change them, import them, access codes
  groups     see groups, put people in and take them out
  overview   the overview: how many people stand how; in full: report
  overdue    who is overdue and why; send reminders with remind
  sign-in    sign in, or sign-out; a first administrator: first-administrator
  administrators  see who administers, invite, remove
  tokens     access tokens for scripts

Learn more: npm run admin -- people --help
Without a command the screens open; with --lines line by line, as for a screen
reader. SPAREKEY_LINES=1 always does so.`,
    unknownCommand: (command: string) => `There is no command “${command}”.`,
    unknownOption: (option: string) => `The option ${option} is not right here, or its value is missing.`,
    missingArgument: 'Something is missing, or there is too much.',
    badSetting: (setting: string) => `“${setting}” does not have the form SETTING=VALUE.`,
    badFormat: 'The format can only be table or json.',
    seeHelp: (command: string) => `See: npm run admin -- ${command}--help`,
    notRunning: (socket: string) =>
      `Sparekey is not running: nobody answers on ${socket}. Start it with npm start, or set DATA_DIR to the server’s data folder.`,
    notAllowed: (file: string) => `You have no right to ${file}. Do this as the user that runs Sparekey.`,
    lost: 'The connection to Sparekey was lost. Check whether the change was made.',
    badConfig: 'The settings of Sparekey are not right.',
    refusedField: (field: string, message: string) => `${field}: ${message}`,
    policySaved: (version: number) => `The policy is saved as version ${version}.`,
    policyVersion: (version: number) => `version ${version}`,
    questionAdded: (id: string) => `The question is added with id ${id}.`,
    questionRetired: (id: string) =>
      `The question ${id} is retired. Whoever uses it keeps it until the next check.`,
    personAdded: (name: string) =>
      `${name} is added. Give this password to the person; it cannot be seen again:`,
    personChanged: (name: string) => `${name} is changed.`,
    filledIn: (name: string) =>
      `Filled in for ${name}. It counts once the person has confirmed it with a code.`,
    nobody: 'There are no people yet.',
    columns: {
      userName: 'User',
      displayName: 'Name',
      state: 'State',
      methods: 'Methods',
      questions: 'Questions',
      id: 'Id',
      text: 'Question',
      setting: 'Setting',
      value: 'Value',
    },
    states: {
      disabled: 'disabled',
      notEnabled: 'not enabled',
      ready: 'able to reset',
      registered: 'registered',
      partly: 'partly registered',
      nothing: 'not registered',
    },
    provenOn: (date: string) => `confirmed on ${date}`,
    filledInOnly: 'filled in, not confirmed',
    consent: (by: string, on: string, how: string) => `consent of ${by} on ${on}, ${how}`,
    extension: (digits: string) => `extension ${digits}`,
    fields: {
      userName: 'User',
      displayName: 'Name',
      state: 'State',
      language: 'Language',
      workMailbox: 'Work mailbox',
      officePhone: 'Office phone',
      groups: 'Groups',
      appearedAt: 'Added',
      questions: 'Questions',
    },
    answered: (count: number) => `${count} answered`,
    retired: 'retired',
  },
};
