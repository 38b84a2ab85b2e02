type Organisation = { organisation: string };
type Happened = Organisation & { when: string };
type MethodHappened = Happened & { method: string };

/** Texts, calls and mails. A text keeps to plain letters where it can: others halve what fits in one. */
export const messages = {
  code: {
    text: ({ code, organisation, until }: Organisation & { code: string; until: string }) =>
      `${code} is uw code voor ${organisation}. Geldig tot ${until}. Geef deze code aan niemand.`,
    call: ({ digits, organisation }: Organisation & { digits: string }) =>
      `Goedendag. U krijgt een code van ${organisation}. Uw code is: ${digits}. Ik herhaal: ${digits}. Geef deze code aan niemand. Tot ziens.`,
    subject: ({ organisation }: Organisation) => `Uw code voor ${organisation}`,
    heading: 'Uw code',
    intro: ({ organisation }: Organisation) =>
      `Typ deze code op de pagina van ${organisation} waar erom gevraagd wordt:`,
    valid: ({ until }: { until: string }) => `De code is geldig tot ${until}.`,
    keep: 'Geef deze code aan niemand, ook niet aan wie zegt u te helpen. Hebt u niet om een code gevraagd? Dan hoeft u niets te doen.',
  },
  methods: {
    'office-phone': 'uw kantoortelefoon',
    'authentication-phone': 'uw telefoonnummer',
    'authentication-email': 'uw e-mailadres',
  },
  noticeSubject: ({ organisation }: Organisation) => `Uw gegevens bij ${organisation} zijn gewijzigd`,
  noticeHeading: 'Uw gegevens zijn gewijzigd',
  methodAdded: ({ method, organisation, when }: MethodHappened) =>
    `Op ${when} is bij ${organisation} ${method} vastgelegd als manier om te bewijzen wie u bent.`,
  methodChanged: ({ method, organisation, when }: MethodHappened) =>
    `Op ${when} is bij ${organisation} ${method} gewijzigd, een manier om te bewijzen wie u bent.`,
  methodRemoved: ({ method, organisation, when }: MethodHappened) =>
    `Op ${when} is bij ${organisation} ${method} verwijderd als manier om te bewijzen wie u bent.`,
  questionsChanged: ({ organisation, when }: Happened) =>
    `Op ${when} zijn bij ${organisation} uw beveiligingsvragen gewijzigd.`,
  yours: 'Hebt u dit zelf gedaan? Dan hoeft u niets te doen.',
  notYours: 'Was u dit niet? Neem dan meteen contact op met uw beheerder.',
  notYoursContact: 'Was u dit niet? Neem dan meteen contact op:',
  lookHere: 'Wat er van u is vastgelegd, ziet u hier:',
};
