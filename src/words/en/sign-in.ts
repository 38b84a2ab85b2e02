export const signIn = {
  title: 'Sign in',
  intro: 'Sign in with your user name and password for work.',
  userName: 'User name',
  password: 'Password',
  submit: 'Sign in',
  timeLimit:
    'We sign you out when you do nothing for 15 minutes, and after 8 hours in any case. What is ready is kept.',
  wrong: 'The user name or the password is not right. Check both and try again.',
  wrongOrResting:
    'The user name or the password is not right, or signing in with this name rests for a while after wrong passwords. Check both, or choose “Forgotten your password, or locked out?” below.',
  disabled: 'Your account has been closed by your organisation. Contact your administrator.',
  'not-allowed':
    'Your organisation does not let you sign in here, or not at this moment. Contact your administrator.',
  blocked:
    'Your account is blocked, because somebody answered a message to you with: this was not me. Contact your administrator to get on again.',
  locked: (wait: string) => `A wrong password was typed too often. Try again in ${wait}.`,
  forgotten: 'Forgotten your password, or locked out?',
  lockedHint: 'In a hurry? Choose “Forgotten your password, or locked out?” below.',
  signedOut: {
    title: 'You are signed out',
    text: 'What is ready is kept. You can close this window.',
    again: 'Sign in again',
  },
  newPassword: {
    title: 'Choose your own password',
    intro: 'You signed in with a first password that you use only once. Choose a password of your own now.',
    hint: 'At least 8 characters. A few words in a row make a password that is strong and easy to remember.',
    label: 'New password',
    repeat: 'New password once more',
    submit: 'Save password',
    done: 'Your new password is saved.',
    notEqual: 'The two passwords are not the same. Type the same password twice.',
    same: 'This is the first password. Choose another password.',
  },
};
