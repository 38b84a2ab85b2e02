export const admin = {
  /** Waarom de deur iets weigert; wat hier niet staat, staat bij `problems`. */
  problems: {
    'not-found': 'Dit adres bestaat niet. Kijk in de lijst van routes op /openapi.json.',
    'body-unreadable': 'De inhoud is geen JSON. Kijk de inhoud en het content-type na.',
    'body-too-large': 'De inhoud is te groot. Stuur hoogstens 256 kB.',
    'too-busy': 'Er is nu te veel tegelijk te doen. Probeer het straks opnieuw.',
    away: 'De database is nu niet bereikbaar. Probeer het straks opnieuw.',
    failed: 'Er ging iets mis in Sparekey. Er is niets veranderd; in het logboek staat meer.',
    'unknown-field': 'Dit veld bestaat niet. Kijk de naam na.',
    missing: 'Dit veld ontbreekt. Vul het in.',
    'not-valid': 'Deze waarde kan hier niet. Kijk na wat dit veld mag zijn.',
    'too-small': 'Deze waarde is te klein of te kort. Kijk na hoeveel het er minstens zijn.',
    'too-large': 'Deze waarde is te groot of te lang. Kijk na hoeveel het er hoogstens zijn.',
    'changed-meanwhile':
      'Het beleid is intussen door iemand anders gewijzigd. Bekijk het opnieuw en probeer het dan nog eens.',
    'fewer-than-to-reset':
      'Dit is minder dan nodig is voor een nieuw wachtwoord. Vraag er minstens evenveel.',
    'more-than-methods-enabled': 'Zoveel manieren staan er niet aan. Zet er meer aan of vraag er minder.',
    'more-than-registered': 'Dit is meer dan mensen registreren. Vraag er hoogstens evenveel.',
    'unknown-country':
      'Van dit land kennen we geen telefoonnummers. Gebruik landcodes van twee letters, zoals NL of BE.',
    'too-few-questions':
      'Dan zijn er minder goedgekeurde vragen dan mensen moeten beantwoorden. Voeg eerst een vraag toe of vraag er minder.',
    'too-many-questions': 'Er zijn al 20 eigen vragen. Trek er eerst een in.',
    'question-text-missing': 'Geef de vraag in minstens één taal.',
    'question-already-there': 'Deze vraag staat al in de lijst. Bedenk een andere.',
    'question-unknown': 'Deze vraag bestaat niet. Kijk het kenmerk na in de lijst van vragen.',
    'person-unknown': 'Deze gebruikersnaam kennen we niet. Kijk de naam na.',
    'user-name-unusable':
      'Dit kan geen gebruikersnaam zijn. Gebruik letters van één alfabet, cijfers en . _ @ + \u2019 -.',
    'directory-away':
      'De accountlijst van uw organisatie antwoordt niet. Er is niets gewijzigd. Probeer het over een minuut opnieuw.',
    'directory-owns':
      'Dit staat in de accountlijst van uw organisatie. Wijzig het daar; hier volgt het vanzelf.',
    'name-taken': 'Deze gebruikersnaam is al in gebruik. Kies een andere.',
    'already-proven': 'Deze persoon heeft dit zelf al bevestigd. Alleen de persoon kan het wijzigen.',
    'method-off': 'Deze manier staat voor deze persoon niet aan in het beleid.',
    'consent-in-future': 'Deze datum ligt in de toekomst. Geef de dag waarop toestemming is gegeven.',
    'phone-equals-office-phone': 'Dit is de kantoortelefoon van deze persoon. Geef een ander nummer.',
    'email-own-domain':
      'Dit adres is van de organisatie. Geef een privéadres dat zonder het wachtwoord te lezen is.',
    'email-own-mailbox': 'Dit is het werkadres van deze persoon. Geef een ander adres.',
    'channel-missing': 'Kies text (sms) of call (telefoontje), voor zover het beleid dat toestaat.',
  },
  terminal: {
    overview: `Sparekey voor beheerders

Opdrachten:
  policy     bekijk of wijzig het beleid
  questions  bekijk de beveiligingsvragen, voeg er een toe of trek er een in
  audit      bekijk het logboek, neem het mee, kijk het na
  people     vind personen, voeg ze toe, wijzig ze, lees ze in, toegangscodes
  groups     bekijk groepen, zet er personen in of haal ze eruit
  overview   het overzicht: hoeveel personen hoe staan; uitgebreid: report
  overdue    wie te laat is en waarom; stuur herinneringen met remind
  sign-in    meld u aan, of af met sign-out; de eerste keer: first-administrator
  administrators  bekijk wie beheert, nodig uit, verwijder
  tokens     toegangssleutels voor scripts

Meer weten: npm run admin -- people --help
Zonder opdracht openen de schermen; met --lines regel voor regel, zoals voor een
schermlezer. SPAREKEY_LINES=1 doet dat altijd.`,
    unknownCommand: (command: string) => `De opdracht “${command}” bestaat niet.`,
    unknownOption: (option: string) => `De optie ${option} klopt hier niet, of de waarde ontbreekt.`,
    missingArgument: 'Er ontbreekt iets, of er staat te veel.',
    badSetting: (setting: string) => `“${setting}” heeft niet de vorm INSTELLING=WAARDE.`,
    badFormat: 'De opmaak kan alleen table of json zijn.',
    seeHelp: (command: string) => `Zie: npm run admin -- ${command}--help`,
    notRunning: (socket: string) =>
      `Sparekey draait niet: op ${socket} antwoordt niemand. Start het met npm start, of zet DATA_DIR op de gegevensmap van de server.`,
    notAllowed: (file: string) =>
      `U mag hier niet bij: ${file}. Doe dit als de gebruiker onder wie Sparekey draait.`,
    lost: 'De verbinding met Sparekey werd verbroken. Kijk na of de wijziging is gedaan.',
    badConfig: 'De instellingen van Sparekey kloppen niet.',
    refusedField: (field: string, message: string) => `${field}: ${message}`,
    policySaved: (version: number) => `Het beleid is opgeslagen als versie ${version}.`,
    policyVersion: (version: number) => `versie ${version}`,
    questionAdded: (id: string) => `De vraag is toegevoegd met kenmerk ${id}.`,
    questionRetired: (id: string) =>
      `De vraag ${id} is ingetrokken. Wie hem gebruikt, houdt hem tot de volgende controle.`,
    personAdded: (name: string) =>
      `${name} is toegevoegd. Geef dit wachtwoord aan deze persoon; het is hierna niet meer te zien:`,
    personChanged: (name: string) => `${name} is gewijzigd.`,
    filledIn: (name: string) =>
      `Ingevuld voor ${name}. Het telt zodra de persoon het met een code bevestigt.`,
    nobody: 'Er zijn nog geen personen.',
    columns: {
      userName: 'Gebruiker',
      displayName: 'Naam',
      state: 'Stand',
      methods: 'Manieren',
      questions: 'Vragen',
      id: 'Kenmerk',
      text: 'Vraag',
      setting: 'Instelling',
      value: 'Waarde',
    },
    states: {
      disabled: 'uitgeschakeld',
      notEnabled: 'niet van toepassing',
      ready: 'kan herstellen',
      registered: 'geregistreerd',
      partly: 'deels geregistreerd',
      nothing: 'niet geregistreerd',
    },
    provenOn: (date: string) => `bevestigd op ${date}`,
    filledInOnly: 'ingevuld, niet bevestigd',
    consent: (by: string, on: string, how: string) => `toestemming van ${by} op ${on}, ${how}`,
    extension: (digits: string) => `toestel ${digits}`,
    fields: {
      userName: 'Gebruiker',
      displayName: 'Naam',
      state: 'Stand',
      language: 'Taal',
      workMailbox: 'Werkadres',
      officePhone: 'Kantoortelefoon',
      groups: 'Groepen',
      appearedAt: 'Toegevoegd',
      questions: 'Vragen',
    },
    answered: (count: number) => (count === 1 ? '1 beantwoord' : `${count} beantwoord`),
    retired: 'ingetrokken',
  },
};
