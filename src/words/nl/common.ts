export const common = {
  error: 'Fout',
  problemsTitle: 'Er is een probleem',
  skipLink: 'Naar de inhoud',
  languageName: 'Nederlands',
  signOut: 'Afmelden',
  help: 'Hulp nodig?',
  helpContact: 'Neem contact op met uw beheerder',
  service: (organisation: string) => `Toegangsherstel van ${organisation}`,
  backToOverview: 'Terug naar het overzicht',
  seconds: (n: number) => (n === 1 ? '1 seconde' : `${n} seconden`),
  minutes: (n: number) => (n === 1 ? '1 minuut' : `${n} minuten`),
  hours: (n: number) => (n === 1 ? '1 uur' : `${n} uur`),
  errors: {
    malformed: {
      heading: 'Dit verzoek konden wij niet lezen',
      text: 'Er is niets veranderd.',
      mend: 'Ga terug en probeer het opnieuw.',
    },
    forged: {
      heading: 'Deze pagina was verlopen',
      text: 'Wij konden niet nagaan of dit formulier van uw eigen browser kwam. Er is niets veranderd.',
      mend: 'Open de pagina opnieuw en vul het formulier nog eens in.',
    },
    'no-cookies': {
      heading: 'Uw browser stuurt geen cookies',
      text: 'Zonder cookies kunnen wij niet onthouden dat u het bent.',
      mend: 'Sta cookies toe voor deze website en probeer het opnieuw. Wij gebruiken alleen cookies die nodig zijn om u aan te melden.',
    },
    'not-found': {
      heading: 'Deze pagina bestaat niet',
      text: 'Het adres is verkeerd getypt of de pagina is er niet meer.',
      mend: 'Begin opnieuw bij het overzicht.',
    },
    'not-allowed': {
      heading: 'Dit kan hier niet',
      text: 'Deze pagina kan zo niet worden opgevraagd. Er is niets veranderd.',
      mend: 'Begin opnieuw bij het overzicht.',
    },
    'too-large': {
      heading: 'Dat was te veel tekst',
      text: 'Wat u stuurde is groter dan wij aannemen. Er is niets veranderd.',
      mend: 'Ga terug en vul een kortere tekst in.',
    },
    busy: {
      heading: 'Het is nu erg druk',
      text: 'Wij konden uw verzoek niet meteen afhandelen. Er is niets verloren.',
      mend: 'Wacht een paar seconden en probeer het opnieuw.',
    },
    away: {
      heading: 'Wij kunnen nu even niet verder',
      text: 'Een deel dat hiervoor nodig is, is niet bereikbaar. Wat al klaar was, is bewaard.',
      mend: 'Wacht een minuut en probeer het opnieuw.',
    },
    'directory-away': {
      heading: 'De accountlijst van uw organisatie antwoordt niet',
      text: 'Daar staan de wachtwoorden, dus nu kan niemand zich aanmelden of een wachtwoord kiezen. Wat u hebt ingesteld, blijft bewaard. Koos u net een nieuw wachtwoord? Dan werkt het oude of het nieuwe.',
      mend: 'Wacht een minuut en probeer het opnieuw.',
    },
    broken: {
      heading: 'Er ging iets mis bij ons',
      text: 'Dat ligt niet aan u. Wat al klaar was, is bewaard.',
      mend: 'Probeer het over een paar minuten opnieuw.',
    },
  },
  requestId: 'Noem dit nummer als u om hulp vraagt:',
  start: 'Naar het overzicht',
};
