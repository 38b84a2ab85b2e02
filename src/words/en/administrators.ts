import type { administrators as nl } from '../nl/administrators.ts';

/** Administrators themselves: their mails, why the door refuses them, and the commands by which they come in. */
export const administrators: typeof nl = {
  mails: {
    heading: 'Message for administrators',
    code: {
      subject: ({ organisation }) => `Your code to administer ${organisation}`,
      heading: 'Your code',
      intro: ({ organisation }) => `Type this code to sign in as an administrator of ${organisation}:`,
      valid: ({ until }) => `The code is valid until ${until}.`,
      keep: 'Give this code to nobody. If you did not sign in, somebody else knows your password: sign in and choose another one at once.',
    },
    told: {
      'privileged-person-reset': {
        subject: ({ organisation }) => `Password reset of somebody with special rights at ${organisation}`,
        what: ({ name, organisation, when }) =>
          `On ${when} the password of ${name}, who is in a group with special rights, was reset at ${organisation}.`,
        todo: 'Ask this person whether that is right. If not, disable the account.',
      },
      'reset-disowned': {
        subject: ({ organisation }) => `“This wasn’t me” at ${organisation}`,
        what: ({ name, organisation, when }) =>
          `On ${when} ${name} let ${organisation} know: this wasn’t me. Signing in and resetting are blocked for this account.`,
        todo: 'Get in touch with this person, and lift the block only when you know what happened.',
      },
      'budget-nearly-spent': {
        subject: ({ organisation }) => `Almost no messages left at ${organisation}`,
        what: ({ organisation, when }) =>
          `On ${when} four fifths of the texts and calls that ${organisation} may send in a day were spent.`,
        todo: 'Look in the audit whether that is right. You allow more messages a day in the policy.',
      },
      'guessing-noticed': {
        subject: ({ organisation }) => `Somebody is guessing at ${organisation}`,
        what: ({ organisation, when }) =>
          `On ${when} one network had tried so many wrong passwords at ${organisation} that it has to wait now. Somebody may be guessing passwords.`,
        todo: 'Look in the audit which network it is.',
      },
      'spray-noticed': {
        subject: ({ organisation }) => `Many wrong tries at ${organisation}`,
        what: ({ organisation, when }) =>
          `By ${when} there had been more than a hundred wrong passwords and codes at ${organisation} within an hour, over all names and networks together. Somebody may be trying one password with many people.`,
        todo: 'Look in the audit for the names and the networks.',
      },
      'directory-losses': {
        subject: ({ organisation }) => `Many people are missing from the directory of ${organisation}`,
        what: ({ missing, of, organisation, when }) =>
          `On ${when} ${missing} of ${of} people were missing from the directory of ${organisation}. So many at once look like a fault: none of them has been disabled.`,
        todo: 'See whether Sparekey can still see everybody in the directory (sparekey doctor). If these people are meant to be gone, confirm it on the server: sparekey directory sync --accept-losses with their number behind it.',
      },
      'administrator-invited': {
        subject: ({ organisation }) => `New administrator invited at ${organisation}`,
        what: ({ name, organisation, when }) =>
          `On ${when} ${name} was invited to help administer ${organisation}.`,
        todo: 'If that is not right, withdraw the invitation.',
      },
      'administrator-added': {
        subject: ({ organisation }) => `New administrator at ${organisation}`,
        what: ({ name, organisation, when }) => `Since ${when} ${name} helps administer ${organisation}.`,
        todo: 'If that is not right, remove this account.',
      },
      'administrator-removed': {
        subject: ({ organisation }) => `Administrator removed at ${organisation}`,
        what: ({ name, organisation, when }) =>
          `On ${when} ${name} was removed as an administrator of ${organisation}.`,
        todo: 'If that is not right, look in the audit who did it.',
      },
      'administrator-recovered': {
        subject: ({ organisation }) => `Administrator back in at ${organisation}`,
        what: ({ name, organisation, when }) =>
          `On ${when} ${name} chose a new password to administer ${organisation}, by a one-time token made on the server itself.`,
        todo: 'Ask this person whether that is right. If not, somebody else has been on your server.',
      },
      'administrator-mail-changed': {
        subject: ({ organisation }) => `Your e-mail address at ${organisation} has changed`,
        what: ({ name, organisation, when }) =>
          `On ${when} the e-mail address of ${name}, who helps administer ${organisation}, was changed. This message goes to the old and the new address.`,
        todo: 'If that is not right, let another administrator know at once.',
      },
    },
  },
  problems: {
    'not-signed-in': 'You are not signed in, or no longer. Sign in: npm run admin -- sign-in.',
    'right-missing': 'You have no right to do this. Ask an administrator who has.',
    'privileged-person':
      'This person is in a group with special rights. Only an administrator can help here.',
    'sign-in-wrong': 'This name and password do not belong together. Try again.',
    'sign-in-resting': 'A wrong password was tried too often. Wait a few minutes, then try again.',
    'mail-missing':
      'Your account has no e-mail address, which is needed to sign in from outside this machine. Sign in on the machine itself.',
    'mail-not-carried':
      'Sparekey cannot send mail, which is needed to sign in from outside this machine. Sign in on the machine itself.',
    'code-wrong': 'This code is not right. Look at the mail again.',
    'code-ended': 'This code is no longer valid. Sign in again for a new one.',
    'one-time-token-wrong':
      'This one-time token is not right, was used before or has expired. Ask for a new one.',
    'administrator-name-unusable':
      'This cannot be an administrator’s name. Use small letters, digits and . _ @ + -, at least two.',
    'administrator-name-taken': 'This name is taken. Choose another one.',
    'administrator-unknown': 'There is no such administrator. See the list of administrators.',
    'own-account': 'This is your own account. Change its address with your password: administrators mail.',
    'invitation-unknown': 'There is no such invitation, or no longer.',
    'last-administrator': 'This is the last administrator. Invite another one first.',
    'password-wrong': 'This is not your password. Try again.',
    'token-unknown': 'There is no such access token, or it was revoked before.',
    'registration-due': 'This person must go to the registration page first.',
    'expiry-not-valid': 'An access token is valid for 1 to 365 days.',
  },
  commands: {
    'sign-in': `Sign in as an administrator

  sign-in [--name NAME]

Asks your name and password. In a script: --name, and the password on standard input.
Scripts do better with an access token: see tokens --help.

Examples:
  npm run admin -- sign-in
  npm run admin -- sign-in --name anna < password.txt`,
    'sign-out': `Sign out

  sign-out

Example:
  npm run admin -- sign-out`,
    'first-administrator': `Make the first administrator

  first-administrator [--name NAME] [--display-name NAME] [--mail ADDRESS]

Asks the one-time token that Sparekey showed when it started, and a password of your own choice.
In a script: on standard input first the token, on the next line the password.

Example:
  npm run admin -- first-administrator --name anna --display-name 'Anna Bakker' \\
    --mail anna@example.org`,
    administrators: `Administrators and helpdesk

  administrators list [--format json]
  administrators invite NAME --display-name NAME [--role administrator|helpdesk]
                 [--mail ADDRESS] [--language nl|en]
  administrators accept
  administrators withdraw ID
  administrators remove NAME
  administrators password
  administrators mail [NAME] (--mail ADDRESS | --no-mail)
  administrators recover

Whoever you invite chooses an own password: hand over the one-time token (valid 24 hours),
and let them type accept. Whoever is removed loses their access tokens too.
mail without a name changes your own address, and asks your password.
recover takes the one-time token of somebody who forgot the password; it is made on the
server's machine only: sparekey recover-administrator NAME

Examples:
  npm run admin -- administrators invite hugo --display-name 'Hugo Smit' --role helpdesk
  npm run admin -- administrators accept
  npm run admin -- administrators remove hugo`,
    tokens: `Access tokens for scripts

  tokens list [--format json]
  tokens create NAME --scope read|people|policy|status|metrics … [--days DAYS]
  tokens revoke ID

read looks, people changes people, policy changes policy and questions, status only says
how somebody stands. Without --days a token is valid for 90 days. Use it with
SPAREKEY_ADMIN_TOKEN or --token-file.

Examples:
  npm run admin -- tokens create intranet --scope status --days 365 > token.txt
  npm run admin -- overdue list --token-file token.txt`,
  },
  terminal: {
    askName: 'Name:',
    askDisplayName: 'Name as others read it:',
    askMail: 'E-mail address (may be empty):',
    askPassword: 'Password:',
    askNewPassword: 'Choose a password:',
    askOldPassword: 'Your password now:',
    askToken: 'One-time token:',
    askCode: ({ to }) => `Code from the mail to ${to}:`,
    signedIn: ({ name }) => `You are signed in as ${name}.`,
    signedOut: 'You are signed out.',
    madeFirst: ({ name }) => `${name} is the first administrator. Sign in: npm run admin -- sign-in`,
    invited: ({ name, until }) =>
      `${name} is invited. Hand over this one-time token; it is valid until ${until} and cannot be seen again:`,
    accepted: ({ name }) => `Your account ${name} is ready. Sign in: npm run admin -- sign-in`,
    withdrawn: 'The invitation is withdrawn.',
    removed: ({ name, tokens }) =>
      tokens === 0
        ? `${name} is removed.`
        : `${name} is removed, with ${tokens} access ${tokens === 1 ? 'token' : 'tokens'}.`,
    passwordChanged: 'Your password is changed. Sign in again.',
    mailChanged: ({ name }) =>
      name === ''
        ? 'Your e-mail address is changed. The old and the new address are told.'
        : `The e-mail address of ${name} is changed. The old and the new address are told.`,
    recovered: ({ name }) => `${name} has a new password. Sign in: npm run admin -- sign-in`,
    tokenMade: ({ name, until }) =>
      `The access token ${name} is valid until ${until}. Keep it now; it cannot be seen again:`,
    tokenRevoked: 'The access token is revoked.',
    noTokens: 'There are no access tokens.',
    untrusted: (url) => `The certificate of ${url} is not trusted. Give it with NODE_EXTRA_CA_CERTS.`,
    columns: {
      name: 'Name',
      displayName: 'Full name',
      role: 'Role',
      lastSignIn: 'Last signed in',
      invitation: 'invited',
      id: 'Id',
      scopes: 'For',
      madeBy: 'Of',
      until: 'Valid until',
      lastUsed: 'Last used',
    },
    roles: { administrator: 'administrator', helpdesk: 'helpdesk' },
    revoked: 'revoked',
    never: 'never',
  },
};
