/** Changing a password that is known. */
export const changePassword = {
  expired: 'Uw wachtwoord is verlopen. Kies nu een ander.',
  title: 'Uw wachtwoord wijzigen',
  intro: 'Typ het wachtwoord dat u nu hebt, en kies een nieuw.',
  current: 'Wachtwoord dat u nu hebt',
  show: 'Laat zien wat ik typ als nieuw wachtwoord',
  hide: 'Verberg wat ik typ als nieuw wachtwoord',
  after: 'Andere browsers waarin u bent aangemeld, worden afgemeld. Wij sturen bericht naar uw adressen.',
  wrong: 'Dit is niet het wachtwoord dat u nu hebt. Controleer het en probeer het opnieuw.',
  same: 'Dit is het wachtwoord dat u al hebt. Kies een ander wachtwoord.',
  tooOften: (wait: string) =>
    `U hebt uw wachtwoord vandaag te vaak gewijzigd. Probeer het opnieuw over ${wait}.`,
  done: 'Uw nieuwe wachtwoord is bewaard. Andere browsers zijn afgemeld.',
};
