type Organisation = { organisation: string };
type On = { day: string };

/** Herinneringen, en wie te laat is: mails aan mensen, en wat de opdrachten van beheerders zeggen. */
export const reminders = {
  mail: {
    subjects: {
      demanded: ({ organisation }: Organisation) => `Kijk uw gegevens bij ${organisation} opnieuw na`,
      'never-registered': ({ organisation }: Organisation) =>
        `Stel in hoe u bij ${organisation} weer bij uw account komt`,
      incomplete: ({ organisation }: Organisation) =>
        `Maak af hoe u bij ${organisation} weer bij uw account komt`,
      'check-due': ({ organisation }: Organisation) => `Kloppen uw gegevens bij ${organisation} nog?`,
    },
    why: {
      demanded: ({ organisation }: Organisation) =>
        `Een beheerder van ${organisation} vraagt u om opnieuw na te kijken hoe u bewijst wie u bent.`,
      'never-registered': ({ organisation }: Organisation) =>
        `U krijgt dit bericht omdat u bij ${organisation} nog niet hebt ingesteld hoe u bewijst wie u bent. Zonder dat kunt u geen nieuw wachtwoord kiezen als u het uwe vergeet.`,
      incomplete: ({ organisation }: Organisation) =>
        `U krijgt dit bericht omdat u bij ${organisation} begonnen bent met instellen hoe u bewijst wie u bent, maar er nog iets ontbreekt.`,
      'check-due': ({ organisation }: Organisation) =>
        `U krijgt dit bericht omdat ${organisation} u af en toe vraagt na te kijken of uw telefoonnummer, e-mailadres en vragen nog kloppen.`,
    },
    when: {
      demanded: {
        coming: ({ day }: On) => `Dat is gevraagd op ${day}.`,
        passed: ({ day }: On) => `Dat is gevraagd op ${day}.`,
      },
      'never-registered': {
        coming: ({ day }: On) => `Doe dit uiterlijk op ${day}.`,
        passed: ({ day }: On) => `Dit had op ${day} klaar moeten zijn.`,
      },
      incomplete: {
        coming: ({ day }: On) => `Maak het uiterlijk op ${day} af.`,
        passed: ({ day }: On) => `Dit had op ${day} klaar moeten zijn.`,
      },
      'check-due': {
        coming: ({ day }: On) => `Doe dit uiterlijk op ${day}.`,
        passed: ({ day }: On) => `Dit had op ${day} klaar moeten zijn.`,
      },
    },
    how: 'Meld u op de pagina aan met uw gebruikersnaam en wachtwoord en volg de stappen. Het duurt een paar minuten.',
    where: 'U doet het hier:',
    trust: 'Twijfelt u aan dit bericht? Klik dan niet, maar typ het adres zelf in uw browser.',
    ask: 'Hebt u vragen? Neem contact op met uw beheerder.',
    askContact: 'Hebt u vragen? Neem contact op:',
  },
  badFormat: 'De opmaak kan alleen table, json, csv of ndjson zijn.',
  problems: {
    'mail-not-carried': 'Sparekey kan nu geen mails versturen. Stel SMTP_URL in en start de server opnieuw.',
  },
  reasons: {
    demanded: 'opnieuw gevraagd',
    'never-registered': 'niets vastgelegd',
    incomplete: 'niet af',
    'check-due': 'controle nodig',
  },
  columns: {
    userName: 'Gebruiker',
    displayName: 'Naam',
    reason: 'Waarom',
    since: 'Sinds',
    days: 'Dagen',
  },
  overview: {
    at: (moment: string) => `Stand op ${moment}`,
    total: 'Personen',
    disabled: 'Uitgeschakeld',
    enabled: 'Doen mee',
    registered: 'Geregistreerd',
    ableToReset: 'Kunnen herstellen',
    partlyRegistered: 'Deels geregistreerd',
    filledIn: 'Ingevuld, niet bevestigd',
    overdue: 'Te laat',
    sealedAnew: 'Opnieuw verzegeld',
    unopenable: 'Niet te openen',
    policy: (version: number) => `Beleid versie ${version}`,
    losses: ({ missing, of, since }: { missing: number; of: number; since: string }) =>
      `Sinds ${since} ontbreken ${missing} van de ${of} mensen in de directory. Niemand van hen is uitgeschakeld. Klopt het dat zij weg zijn, bevestig dat dan op de server: sparekey directory sync --accept-losses ${missing}`,
  },
  nobodyOverdue: 'Niemand is te laat.',
  overdueCount: (count: string) =>
    count === '1' ? '1 persoon is te laat.' : `${count} personen zijn te laat.`,
  selected: (count: string) => `${count} gekozen`,
  toSend: (count: string) => `${count} te herinneren`,
  sent: (count: string) => `${count} herinnerd`,
  withoutMailbox: (count: string) => `${count} zonder werkadres`,
  remindedToday: (count: string) => `${count} vandaag al herinnerd`,
  commands: {
    overdue: `Wie te laat is: sinds wanneer en waarom

  overdue [--reason REDEN] [--group GROEP] [--prefix BEGIN]
          [--sort since|name] [--order asc|desc]
          [--format table|json|csv|ndjson]

Redenen: demanded, never-registered, incomplete, check-due.
--prefix: hoe de gebruikersnaam of een woord van de naam begint.

Voorbeelden:
  npm run admin -- overdue
  npm run admin -- overdue --reason never-registered --group Personeel
  npm run admin -- overdue --format csv > te-laat.csv`,
    overview: `Het overzicht: hoeveel personen hoe staan

  overview [--format table|json]

Voorbeelden:
  npm run admin -- overview
  npm run admin -- overview --format json`,
    report: `Het overzicht met wie te laat is naar reden, als tekst of JSON

  report [--format table|json]

Voorbeelden:
  npm run admin -- report > stand.txt
  npm run admin -- report --format json`,
    remind: `Herinneringen sturen aan wie te laat is

  remind [--reason REDEN] [--group GROEP] [--prefix BEGIN] [--dry-run]
         [--format table|json]

Niemand wordt twee keer op een dag herinnerd. Met --dry-run wordt alleen geteld.

Voorbeelden:
  npm run admin -- remind --dry-run
  npm run admin -- remind --reason incomplete --group Personeel`,
  },
};
