import type { notices as nl } from '../nl/notices.ts';

/** Notices of what happened to an account; a text keeps to plain letters where it can. */
export const notices: typeof nl = {
  subjects: {
    'password-reset': ({ organisation }) => `Your password at ${organisation} was reset`,
    'account-unlocked': ({ organisation }) => `Your account at ${organisation} is open again`,
    'password-changed': ({ organisation }) => `Your password at ${organisation} was changed`,
    'access-code-issued': ({ organisation }) => `An access code was made for you at ${organisation}`,
    'change-announced': ({ organisation }) => `Somebody wants to change your details at ${organisation}`,
    'change-cancelled': ({ organisation }) => `The change of your details at ${organisation} is off`,
    'account-stopped': ({ organisation }) => `Your account at ${organisation} is blocked`,
  },
  passwordReset: ({ organisation, when }) =>
    `On ${when} your password at ${organisation} was reset. If you did this yourself, you need not do anything.`,
  byAccessCode:
    'This was done with an access code from your administrator. The ways to prove who you are that you had set up before have been removed.',
  accountUnlocked: ({ organisation, when }) =>
    `On ${when} your account at ${organisation} was opened again. Your password stayed the same. If you did this yourself, you need not do anything.`,
  passwordChanged: ({ organisation, when }) =>
    `On ${when} your password at ${organisation} was changed. If you did this yourself, you need not do anything.`,
  accessCodeIssued: ({ organisation, when, until }) =>
    `On ${when} an administrator of ${organisation} made an access code for you, valid until ${until}. Whoever has that code can choose a new password. If you asked for it, you need not do anything.`,
  changeAnnounced: ({ organisation, when, due }) =>
    `On ${when} somebody with your password asked ${organisation} to let them change your details without a code. That is possible from ${due}. If you asked for it, you only need to wait.`,
  changeCancelled: ({ organisation, when }) =>
    `On ${when} the change of your details at ${organisation} without a code was stopped. If you had not asked for it, somebody else knows your password: choose a new one.`,
  accountStopped: ({ organisation, when }) =>
    `On ${when} your account at ${organisation} was blocked, because somebody answered a message to you with: this was not me.`,
  stoppedMeans: 'You can sign in and reset your password again only once your administrator lifts the block.',
  place: (start) => `It came from a network address that begins with ${start}.`,
  stop: 'Was it not you? Block your account with this link, valid for 7 days:',
  cancel: 'Was it not you? Stop it with this link:',
  ask: 'If you have questions, please contact your administrator.',
  askContact: 'If you have questions, please get in touch:',
};
