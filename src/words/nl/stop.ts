/** What the links in notices lead to. */
export const stop = {
  title: 'Was u dit niet?',
  intro:
    'Kreeg u een bericht over iets wat u niet zelf hebt gedaan? Blokkeer dan uw account met de knop hieronder.',
  does: [
    'Iedereen die nu met uw account is aangemeld, wordt afgemeld.',
    'Niemand kan zich nog aanmelden of uw wachtwoord opnieuw instellen, ook uzelf niet.',
    'Uw beheerders krijgen bericht. Alleen zij kunnen de blokkade opheffen.',
  ],
  doesNot: 'Uw wachtwoord en uw gegevens blijven zoals ze zijn.',
  submit: 'Ja, blokkeer mijn account',
  mine: 'Was u het wel zelf? Sluit dan deze pagina. Er verandert niets.',
  notValid: 'Deze link werkt niet meer. Een link is 7 dagen geldig en werkt één keer.',
  used: 'Hebt u de link al gebruikt? Dan is uw account geblokkeerd tot uw beheerder dat opheft.',
  askNow: 'Vertrouwt u het niet? Neem dan meteen contact op met uw beheerder.',
  done: {
    title: 'Uw account is geblokkeerd',
    text: 'Iedereen is afgemeld. Niemand kan zich nog aanmelden of uw wachtwoord opnieuw instellen.',
    told: 'Uw beheerders hebben bericht gekregen.',
    next: 'Neem contact op met uw beheerder. Die kan de blokkade opheffen en u weer op weg helpen.',
  },
  change: {
    title: 'Wijziging tegenhouden?',
    intro:
      'Iemand die uw wachtwoord kent, heeft gevraagd om uw gegevens te mogen wijzigen zonder code. Hebt u dat niet zelf gevraagd? Houd het dan tegen met de knop hieronder.',
    does: ['De wijziging gaat niet door.', 'Iedereen die nu met uw account is aangemeld, wordt afgemeld.'],
    password: 'Kies daarna meteen een nieuw wachtwoord: iemand anders kent het oude.',
    submit: 'Ja, houd de wijziging tegen',
    mine: 'Hebt u het wel zelf gevraagd? Sluit dan deze pagina. Er verandert niets.',
    notValid: 'Deze link werkt niet meer. Er wacht geen wijziging die u met deze link kunt tegenhouden.',
    done: {
      title: 'De wijziging gaat niet door',
      text: 'Uw gegevens blijven zoals ze zijn, en iedereen is afgemeld.',
      next: 'Had u dit niet zelf gevraagd? Dan kent iemand anders uw wachtwoord. Meld u aan en kies een nieuw wachtwoord.',
      signIn: 'Aanmelden en wachtwoord wijzigen',
    },
  },
};
