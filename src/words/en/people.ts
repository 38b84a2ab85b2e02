import type { people as nl } from '../nl/people.ts';

/** People and groups as administrators see them: why the door refuses something, and what the commands say. */
export const people: typeof nl = {
  problems: {
    'person-changed-meanwhile':
      'Somebody else has changed this person meanwhile. Look again and then try once more.',
    'person-disabled': 'This person is disabled. Enable the person first.',
    'person-blocked': 'This person is blocked. Lift the block first.',
    'method-not-there': 'This person does not have this method. Look at the person’s card.',
    'access-code-unknown':
      'This access code is not there, or not any more. Look at the list of access codes or request a new one.',
    'access-code-own': 'You requested this access code yourself. Let another administrator approve it.',
    'access-code-approved': 'This access code is approved already. Whoever requested it can collect it.',
    'access-code-not-yours': 'Only the one who requested this access code can collect it.',
    'access-code-not-approved':
      'A second administrator still has to approve this access code. Ask for that and then try again.',
    'access-code-collected':
      'This access code has been collected and is not shown again. Request a new one if you need it.',
  },
  commands: {
    people: `Find, see, add and change people

  people find WORD … [--limit N] [--format json]
  people list [--standing STANDING] [--format json]
  people show NAME [--format json]
  people add NAME --name NAME [--mailbox ADDRESS] [--office-phone NUMBER]
             [--language nl|en] [--group GROUP …]
  people set NAME [--name …] [--mailbox …] [--office-phone …] [--language …]
             [--group … | --no-groups] [--disable | --enable] [--based-on N]
  people fill-in NAME (--phone NUMBER --channel text|call | --email ADDRESS)
             --consent-by WHO --consent-at YYYY-MM-DD --consent-how HOW
  people reveal NAME METHOD            shows a number or address in full
  people remove-method NAME METHOD
  people demand NAME                   asks to register again
  people unlock NAME                   lifts the rest after wrong tries
  people lift-block NAME               lifts a block
  people disable NAME | people enable NAME
  people access-code request NAME --reason WHY
  people access-code list [--format json]
  people access-code approve|collect|cancel NAME

STANDING: enabled, disabled, registered, able-to-reset, partly-registered
or filled-in.
METHOD: authentication-phone, authentication-email, office-phone,
security-questions (remove-method only) or work-mailbox (reveal only).
An empty value clears a work mailbox, office phone or language: --mailbox ''

Examples:
  npm run admin -- people find zoe jans
  npm run admin -- people list --standing partly-registered
  npm run admin -- people add a.bakker --name 'Anna Bakker' \\
    --mailbox a.bakker@example.org --office-phone '020 794 0000 ext. 12'
  npm run admin -- people fill-in a.bakker --phone '06 12345678' \\
    --channel text --consent-by 'Anna Bakker' --consent-at 2026-11-01 \\
    --consent-how 'paper form'
  npm run admin -- people access-code request a.bakker --reason 'lost phone'`,
    groups: `See groups, and put people into them or take them out

  groups list [--format json]
  groups members GROUP [--format json]
  groups add GROUP NAME …
  groups remove GROUP NAME …

A group is there as long as somebody is in it.

Examples:
  npm run admin -- groups list
  npm run admin -- groups add Staff a.bakker zoe`,
  },
  states: {
    blocked: 'blocked',
    overdue: (days) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
    overdueToday: 'overdue today',
  },
  reasons: {
    demanded: 'asked by an administrator',
    'never-registered': 'nothing registered yet',
    incomplete: 'registration not finished',
    'check-due': 'check needed',
  },
  fields: {
    overdue: 'Overdue',
    lastSignIn: 'Signed in',
    disabled: 'Disabled',
    blocked: 'Blocked',
    locked: 'Locked',
    resting: 'Resting',
    privileged: 'Privileged',
    accessCode: 'Access code',
    givenUp: 'Undelivered',
    demanded: 'Demanded',
    checked: 'Checked',
  },
  since: (date) => `since ${date}`,
  until: (time) => `until ${time}`,
  never: 'never yet',
  yes: 'yes',
  checkedOn: (date) => `checked on ${date}`,
  restingFor: (what, time) => `too many wrong tries (${what}), until ${time}`,
  everyMethod: 'every method',
  accessCodeStates: {
    waiting: 'waiting for approval',
    ready: 'to be collected by who requested it',
    collected: 'collected',
  },
  askedBy: (by, reason) => `requested by ${by}: ${reason}`,
  columns: { group: 'Group', members: 'Members', reason: 'Reason', until: 'Valid until', by: 'By' },
  nobodyFound: 'Nobody found. Search by the beginning of a name or user name.',
  nobodyInGroup: 'There is nobody in this group.',
  noGroups: 'There are no groups yet.',
  noAccessCodes: 'No access codes are open.',
  moreFound: (limit) => `There are more than ${limit}. Type more letters, or use --limit.`,
  noSuchStanding: (names) => `There is no such standing. Choose from: ${names}.`,
  nobodyStands: 'Nobody stands so.',
  noSuchMethod: (names) => `There is no such method. Choose from: ${names}.`,
  said: {
    demanded: (name) => `${name} is asked to register again.`,
    unlocked: (name) => `${name} can try again at once.`,
    blockLifted: (name) => `The block of ${name} is lifted.`,
    knownElsewhere: (name) =>
      `Whoever knows the password of ${name} can come in again. Let ${name} choose a new one by an access code: people access-code request ${name} --reason WHY`,
    disabled: (name) => `${name} is disabled and signed out everywhere.`,
    enabled: (name) => `${name} is enabled.`,
    methodRemoved: (name) => `Removed for ${name}, who is told of it.`,
    added: (name, group) => `${name} is in ${group} now.`,
    removed: (name, group) => `${name} is not in ${group} any more.`,
    requested: (name) => `The access code for ${name} is requested.`,
    approveNext: 'Another administrator has to approve it: people access-code approve NAME',
    collectNext: 'Collect it when the person is ready: people access-code collect NAME',
    approved: (by) => `Approved. ${by} can collect it now.`,
    collected: (name, until) =>
      `Give this code to ${name}. It works once, until ${until}, and cannot be seen again:`,
    cancelled: (name) => `The access code for ${name} is worth nothing any more.`,
  },
};
