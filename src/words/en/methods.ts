export const methods = {
  names: {
    'office-phone': 'Office phone',
    'authentication-phone': 'Your own phone',
    'authentication-email': 'Your own e-mail address',
    'security-questions': 'Security questions',
  },
  channels: {
    text: 'text message',
    call: 'phone call',
    mail: 'e-mail',
  },
  channelChoices: {
    text: 'Send me a text message',
    call: 'Call me and read the code aloud',
  },
  masks: {
    number: (ending: string) => `number ending in ${ending}`,
    address: (firstLetter: string, domain: string) => `address that starts with ${firstLetter}, at ${domain}`,
    /** No key opens what was kept. */
    unreadable: 'cannot be read any more',
    shortAddress: (domain: string) => `address at ${domain}`,
  },
};
