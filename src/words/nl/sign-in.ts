export const signIn = {
  title: 'Aanmelden',
  intro: 'Meld u aan met de gebruikersnaam en het wachtwoord van uw werk.',
  userName: 'Gebruikersnaam',
  password: 'Wachtwoord',
  submit: 'Aanmelden',
  timeLimit:
    'Als u 15 minuten niets doet, melden wij u af, en in elk geval na 8 uur. Wat klaar is, blijft bewaard.',
  wrong: 'De gebruikersnaam of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.',
  wrongOrResting:
    'De gebruikersnaam of het wachtwoord klopt niet, of aanmelden met deze naam rust even na verkeerde wachtwoorden. Controleer beide, of kies hieronder “Wachtwoord vergeten of geblokkeerd?”.',
  disabled: 'Uw account is door uw organisatie afgesloten. Neem contact op met uw beheerder.',
  'not-allowed':
    'Uw organisatie laat u hier niet aanmelden, of niet op dit moment. Neem contact op met uw beheerder.',
  blocked:
    'Uw account is geblokkeerd, omdat iemand bij een bericht aan u koos voor: dit was ik niet. Neem contact op met uw beheerder om weer verder te kunnen.',
  locked: (wait: string) =>
    `Er is te vaak een verkeerd wachtwoord ingevuld. Probeer het opnieuw over ${wait}.`,
  forgotten: 'Wachtwoord vergeten of geblokkeerd?',
  lockedHint: 'Niet wachten? Kies onderaan “Wachtwoord vergeten of geblokkeerd?”.',
  signedOut: {
    title: 'U bent afgemeld',
    text: 'Wat klaar is, is bewaard. U kunt dit venster sluiten.',
    again: 'Opnieuw aanmelden',
  },
  newPassword: {
    title: 'Kies een eigen wachtwoord',
    intro:
      'U hebt zich aangemeld met een eerste wachtwoord dat u maar één keer gebruikt. Kies nu een eigen wachtwoord.',
    hint: 'Minstens 8 tekens. Een paar woorden achter elkaar is sterk en makkelijk te onthouden.',
    label: 'Nieuw wachtwoord',
    repeat: 'Nieuw wachtwoord nog een keer',
    submit: 'Wachtwoord bewaren',
    done: 'Uw nieuwe wachtwoord is bewaard.',
    notEqual: 'De twee wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde wachtwoord.',
    same: 'Dit is het eerste wachtwoord. Kies een ander wachtwoord.',
  },
};
