export const methods = {
  names: {
    'office-phone': 'Kantoortelefoon',
    'authentication-phone': 'Eigen telefoon',
    'authentication-email': 'Eigen e-mailadres',
    'security-questions': 'Beveiligingsvragen',
  },
  channels: {
    text: 'sms',
    call: 'telefoontje',
    mail: 'e-mail',
  },
  channelChoices: {
    text: 'Stuur mij een sms',
    call: 'Bel mij en lees de code voor',
  },
  masks: {
    number: (ending: string) => `nummer dat eindigt op ${ending}`,
    address: (firstLetter: string, domain: string) => `adres dat begint met ${firstLetter}, bij ${domain}`,
    /** No key opens what was kept. */
    unreadable: 'is niet meer te lezen',
    shortAddress: (domain: string) => `adres bij ${domain}`,
  },
};
