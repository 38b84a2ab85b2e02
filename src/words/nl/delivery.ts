/** Wat er met berichten gebeurt, voor beheerders. */
export const delivery = {
  whys: {
    refused: 'het nummer of adres is geweigerd',
    unreachable: 'er is niet opgenomen, of het toestel was niet bereikbaar',
    'no-answer': 'de mailserver of gateway gaf geen antwoord',
    'trouble-there': 'de mailserver of gateway had een storing',
    'not-let-in': 'de mailserver of gateway accepteert onze inloggegevens niet',
    insecure: 'de verbinding met de mailserver kon niet worden beveiligd',
    'nothing-carries': 'er is niets ingesteld dat dit bericht kan versturen',
    'country-stopped': 'berichten naar dit land zijn gestopt',
    unforeseen: 'er ging iets onverwachts mis',
  },
  message: 'Bericht',
  states: {
    waiting: 'wacht',
    sent: 'verstuurd, nog niet gemeld of het is aangekomen',
    delivered: 'aangekomen',
  },
  waits: (why: string) => `wacht: ${why}`,
  sent: {
    heading: 'Verstuurd',
    key: 'v verstuurd',
    texts: 'Sms’jes',
    calls: 'Telefoontjes',
    mails: 'E-mails',
    today: 'vandaag',
    month: 'deze maand',
  },
};
