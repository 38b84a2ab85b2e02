export const imports = {
  /** Wat er in een kolom kan staan. */
  fields: {
    userName: 'gebruikersnaam',
    displayName: 'weergavenaam',
    givenName: 'voornaam',
    namePrefix: 'tussenvoegsel',
    familyName: 'achternaam',
    language: 'taal',
    workMailbox: 'e-mail werk',
    officePhone: 'kantoortelefoon',
    extension: 'toestel',
    groups: 'groepen',
    disabled: 'uitgeschakeld',
    enabled: 'ingeschakeld',
    phone: 'ingevulde telefoon',
    phoneChannel: 'telefoonkanaal',
    email: 'ingevulde e-mail',
    consentBy: 'toestemming door',
    consentAt: 'toestemming op',
    consentHow: 'toestemming hoe',
    ignore: 'overslaan',
  },
  outcomes: {
    created: 'toegevoegd',
    updated: 'gewijzigd',
    disabled: 'uitgeschakeld',
    same: 'ongewijzigd',
    refused: 'geweigerd',
  },
  resultHead: {
    line: 'regel',
    userName: 'gebruikersnaam',
    outcome: 'uitkomst',
    problem: 'toelichting',
    firstPassword: 'eerste wachtwoord',
  },
  atColumn: (header: string, problem: string) => `Kolom “${header}”: ${problem}`,
  /** Wat er mis is met een rij; wat hier niet staat, staat bij de beheerders of bij `problems`. */
  problems: {
    'line-unreadable':
      'Op deze regel wordt een aanhalingsteken geopend en niet gesloten. Sluit het, of zet er twee om er één te schrijven.',
    'letters-unreadable':
      'Hier staan tekens die in deze codering niet bestaan. Kies een andere codering, of sla het bestand op als UTF-8.',
    'user-name-missing': 'De gebruikersnaam ontbreekt. Vul hem in.',
    'display-name-missing': 'Deze persoon is nieuw en heeft nog een naam nodig. Vul de weergavenaam in.',
    'not-plain-text': 'Hier staan tekens die niet in één regel tekst horen. Typ de tekst opnieuw.',
    'not-yes-or-no': 'Dit is geen ja of nee. Vul ja of nee in.',
    'language-unknown': 'Deze taal spreekt Sparekey niet. Vul nl of en in.',
    'channel-unknown': 'Dit kanaal bestaat niet. Vul sms of bellen in.',
    'date-unreadable': 'Dit is geen datum. Schrijf hem als 2026-11-01 of 1-11-2026.',
    'consent-missing':
      'Wie een telefoon of e-mailadres invult, moet zeggen wie daar wanneer en hoe toestemming voor gaf. Vul dit in.',
    'too-many-groups': 'Een persoon kan in hoogstens 100 groepen zitten. Haal er groepen af.',
    'cannot-be-emptied': 'Dit veld kan niet leeg worden gemaakt. Vul een waarde in of laat de cel leeg.',
    'extension-without-number':
      'Een toestel hoort bij een kantoortelefoon, en die is er niet. Vul ook het nummer in.',
  },
  /** Met een getal erin. */
  detailed: {
    'user-name-twice': (line: number) =>
      `Deze gebruikersnaam staat al op regel ${line}. Laat één van beide regels staan.`,
    'too-many-cells': (width: number) =>
      `Deze regel heeft meer cellen dan de ${width} kolommen. Zet een waarde met een scheidingsteken erin tussen aanhalingstekens.`,
    'cell-too-long': (most: number) => `Deze waarde is te lang. Gebruik hoogstens ${most} tekens.`,
  },
  /** Waarom een import als geheel niet kan. */
  refusals: {
    'import-unknown': 'Deze import bestaat niet (meer). Kijk in de lijst van imports.',
    'import-busy': 'Er loopt al een import. Wacht tot die klaar is, of breek hem af.',
    'import-under-way': 'Deze import is bezig. Wacht tot hij klaar is, of breek hem af.',
    'import-not-checked': 'Doe eerst een proefronde van deze import.',
    'import-ended': 'Deze import is al afgelopen. Stuur het bestand opnieuw voor een nieuwe.',
    'import-not-under-way': 'Deze import is niet bezig, dus er valt niets af te breken.',
    'result-not-there': 'Er is nog geen resultaat. Voer de import eerst uit.',
    'upload-too-large': 'Dit bestand is te groot. Stuur hoogstens 1 GB.',
    'upload-empty': 'Dit bestand is leeg. Stuur een CSV-bestand met een regel met kolomnamen.',
    'too-many-uploads': 'Er staan al 20 bestanden klaar. Voer ze uit of gooi er een weg.',
    'columns-not-right': 'De kolommen kloppen nog niet. Bekijk de import en kies wat in elke kolom staat.',
    'file-gone': 'Het bestand van deze import is er niet meer. Stuur het opnieuw.',
  },
  columns: {
    'column-missing': (needed: string, also: string) =>
      `Er is geen kolom met ${needed} gevonden. Zet in de eerste regel een kolomnaam zoals ${also}, of kies zelf in welke kolom dit staat.`,
    'consent-columns-missing': (needed: string) =>
      `Bij een ingevulde telefoon of e-mail horen ook kolommen voor de toestemming. Het ontbreekt aan: ${needed}. Kies ze, of sla die kolom over.`,
    'column-twice': (fields: string) =>
      `Meer dan één kolom is gekozen voor: ${fields}. Houd er één over en sla de andere over.`,
    'column-unknown': (headers: string) =>
      `Deze kolommen staan niet in het bestand: ${headers}. Kijk de namen na.`,
  },
  encodings: {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16 LE',
    'utf-16be': 'UTF-16 BE',
    'windows-1252': 'Windows-1252',
  },
  separators: { ',': 'komma', ';': 'puntkomma', '\t': 'tab', '|': 'verticale streep' },
  states: {
    uploaded: 'klaar voor een proefronde',
    checking: 'proefronde bezig',
    checked: 'proefronde gedaan',
    running: 'bezig',
    done: 'klaar',
    cancelled: 'afgebroken',
    interrupted: 'onderbroken',
    failed: 'mislukt',
  },
  commands: {
    people: `Personen importeren uit een CSV-bestand

  people import BESTAND [--dry-run] [--yes] [--result BESTAND]
                [--mapping KOLOM=VELD …] [--clear-marker TEKEN]
                [--separator ,|;|tab] [--encoding CODERING] [--country NL]
                [--first-passwords] [--format json]

Eerst komt altijd een proefronde. Wat in een kolom staat, blijkt uit haar naam;
--mapping zegt het zelf, met de naam van de kolom of haar plaats (#3). Een lege
cel laat een waarde staan; een cel met het teken van --clear-marker wist haar.
Zonder --first-passwords komen nieuwe personen alleen binnen met een eenmalige
toegangscode. Wie niet in het bestand staat, blijft zoals hij is.

Velden: userName displayName givenName namePrefix familyName language
workMailbox officePhone extension groups disabled enabled phone phoneChannel
email consentBy consentAt consentHow, en ignore om een kolom over te slaan.

Voorbeelden:
  npm run admin -- people import personeel.csv --dry-run
  npm run admin -- people import personeel.csv --mapping 'Mobiel=phone' \\
    --result uitkomst.csv`,
  },
  terminal: {
    someRefused: (count: number) =>
      count === 1 ? 'Eén rij is geweigerd.' : `${count} rijen zijn geweigerd.`,
    wouldBeRefused: (count: number) =>
      count === 1 ? 'Eén rij zou worden geweigerd.' : `${count} rijen zouden worden geweigerd.`,
    detected: (encoding: string, separator: string) => `Codering ${encoding}, scheidingsteken ${separator}.`,
    column: 'Kolom',
    holds: 'Wordt',
    example: 'Voorbeeld',
    checking: 'Proefronde',
    running: 'Import',
    progress: (done: string, percent: number) => `${done} rijen, ${percent} %`,
    rate: (rows: string) => `${rows} per seconde`,
    timeLeft: (left: string) => `nog ${left}`,
    totals: (counts: string) => `Totaal: ${counts}.`,
    wouldBe: (counts: string) => `Dit zou de import doen: ${counts}.`,
    firstProblems: (count: number) =>
      count === 1 ? 'Het eerste probleem:' : `De eerste ${count} problemen:`,
    problemLine: (line: number, userName: string, message: string) =>
      userName === '' ? `regel ${line}: ${message}` : `regel ${line} (${userName}): ${message}`,
    nothingWritten: 'Dit was een proefronde: er is niets gewijzigd.',
    ask: 'Deze import uitvoeren? [j/N]',
    yes: 'j',
    sayYes: 'Geef --yes mee om de import zonder vraag uit te voeren.',
    notRun: 'De import is niet uitgevoerd.',
    cancelling: 'Afbreken na de rijen die nu geschreven worden…',
    cancelled: (line: number) => `Afgebroken. Alles tot en met regel ${line} is verwerkt; daarna niets.`,
    interrupted: (line: number) =>
      `Onderbroken na regel ${line}. Stuur het bestand opnieuw: wat er al staat, blijft ongewijzigd.`,
    failed: (line: number) => `Mislukt na regel ${line}. In het logboek van de server staat meer.`,
    done: 'De import is klaar.',
    notAll: 'De import is niet tot het einde gekomen.',
    resultAt: (file: string) => `De uitkomst van elke rij staat in ${file}.`,
    passwordsAt: 'Daarin staan eenmalige wachtwoorden: geef ze door en gooi het bestand daarna weg.',
    fileUnreadable: (file: string) => `Het bestand ${file} kan niet worden gelezen.`,
    resultThere: (file: string) => `Het bestand ${file} bestaat al. Kies een andere naam met --result.`,
    badMapping: (typed: string) =>
      `“${typed}” heeft niet de vorm KOLOM=VELD, of dat veld bestaat niet. Zie de lijst van velden bij --help.`,
    badSeparator: 'Het scheidingsteken kan een komma, puntkomma, tab of | zijn.',
    badEncoding: 'De codering kan utf-8, utf-16le, utf-16be of windows-1252 zijn.',
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
  },
};
