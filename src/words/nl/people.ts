/** Personen en groepen zoals beheerders ze zien: waarom de deur iets weigert, en wat de opdrachten zeggen. */
export const people = {
  problems: {
    'person-changed-meanwhile':
      'Iemand anders heeft deze persoon intussen gewijzigd. Kijk opnieuw en probeer het dan nog eens.',
    'person-disabled': 'Deze persoon is uitgeschakeld. Schakel de persoon eerst weer in.',
    'person-blocked': 'Deze persoon is geblokkeerd. Hef de blokkade eerst op.',
    'method-not-there': 'Deze manier is er niet bij deze persoon. Kijk op de kaart van de persoon.',
    'access-code-unknown':
      'Deze toegangscode is er niet, of niet meer. Kijk in de lijst van toegangscodes of vraag een nieuwe aan.',
    'access-code-own': 'U hebt deze toegangscode zelf aangevraagd. Laat een andere beheerder hem goedkeuren.',
    'access-code-approved': 'Deze toegangscode is al goedgekeurd. Wie hem aanvroeg, kan hem ophalen.',
    'access-code-not-yours': 'Alleen wie deze toegangscode aanvroeg, kan hem ophalen.',
    'access-code-not-approved':
      'Een tweede beheerder moet deze toegangscode nog goedkeuren. Vraag daarom en probeer het dan opnieuw.',
    'access-code-collected':
      'Deze toegangscode is al opgehaald en wordt niet nog eens getoond. Vraag zo nodig een nieuwe aan.',
  },
  commands: {
    people: `Personen vinden, bekijken, toevoegen en wijzigen

  people find WOORD … [--limit N] [--format json]
  people list [--standing STAND] [--format json]
  people show NAAM [--format json]
  people add NAAM --name NAAM [--mailbox ADRES] [--office-phone NUMMER]
             [--language nl|en] [--group GROEP …]
  people set NAAM [--name …] [--mailbox …] [--office-phone …] [--language …]
             [--group … | --no-groups] [--disable | --enable] [--based-on N]
  people fill-in NAAM (--phone NUMMER --channel text|call | --email ADRES)
             --consent-by WIE --consent-at JJJJ-MM-DD --consent-how HOE
  people reveal NAAM MANIER            toont een nummer of adres voluit
  people remove-method NAAM MANIER
  people demand NAAM                   vraagt opnieuw te registreren
  people unlock NAAM                   heft de rust na verkeerde pogingen op
  people lift-block NAAM               heft een blokkade op
  people disable NAAM | people enable NAAM
  people access-code request NAAM --reason WAAROM
  people access-code list [--format json]
  people access-code approve|collect|cancel NAAM

STAND: enabled, disabled, registered, able-to-reset, partly-registered
of filled-in.
MANIER: authentication-phone, authentication-email, office-phone,
security-questions (alleen remove-method) of work-mailbox (alleen reveal).
Een lege waarde wist een werkadres, kantoortelefoon of taal: --mailbox ''

Voorbeelden:
  npm run admin -- people find zoe jans
  npm run admin -- people list --standing partly-registered
  npm run admin -- people add a.bakker --name 'Anna Bakker' \\
    --mailbox a.bakker@example.org --office-phone '020 794 0000 toestel 12'
  npm run admin -- people fill-in a.bakker --phone '06 12345678' \\
    --channel text --consent-by 'Anna Bakker' --consent-at 2026-11-01 \\
    --consent-how 'formulier'
  npm run admin -- people access-code request a.bakker --reason 'telefoon kwijt'`,
    groups: `Groepen bekijken, en personen erin zetten of eruit halen

  groups list [--format json]
  groups members GROEP [--format json]
  groups add GROEP NAAM …
  groups remove GROEP NAAM …

Een groep bestaat zolang er iemand in zit.

Voorbeelden:
  npm run admin -- groups list
  npm run admin -- groups add Personeel a.bakker zoe`,
  },
  states: {
    blocked: 'geblokkeerd',
    overdue: (days: number) => (days === 1 ? '1 dag te laat' : `${days} dagen te laat`),
    overdueToday: 'vandaag te laat',
  },
  reasons: {
    demanded: 'gevraagd door een beheerder',
    'never-registered': 'nog niets geregistreerd',
    incomplete: 'registratie niet af',
    'check-due': 'controle nodig',
  },
  fields: {
    overdue: 'Te laat',
    lastSignIn: 'Aangemeld',
    disabled: 'Uitgeschakeld',
    blocked: 'Geblokkeerd',
    locked: 'Op slot',
    resting: 'Rust',
    privileged: 'Extra rechten',
    accessCode: 'Toegangscode',
    givenUp: 'Niet bezorgd',
    demanded: 'Gevraagd',
    checked: 'Gecontroleerd',
  },
  since: (date: string) => `sinds ${date}`,
  until: (time: string) => `tot ${time}`,
  never: 'nog nooit',
  yes: 'ja',
  checkedOn: (date: string) => `gecontroleerd op ${date}`,
  restingFor: (what: string, time: string) => `te veel verkeerde pogingen (${what}), tot ${time}`,
  everyMethod: 'alle manieren',
  accessCodeStates: {
    waiting: 'wacht op goedkeuring',
    ready: 'op te halen door wie hem aanvroeg',
    collected: 'opgehaald',
  },
  askedBy: (by: string, reason: string) => `aangevraagd door ${by}: ${reason}`,
  columns: { group: 'Groep', members: 'Leden', reason: 'Reden', until: 'Geldig tot', by: 'Door' },
  nobodyFound: 'Niemand gevonden. Zoek op het begin van een naam of gebruikersnaam.',
  nobodyInGroup: 'In deze groep zit niemand.',
  noGroups: 'Er zijn nog geen groepen.',
  noAccessCodes: 'Er staan geen toegangscodes open.',
  moreFound: (limit: number) => `Er zijn er meer dan ${limit}. Typ meer letters, of gebruik --limit.`,
  noSuchStanding: (names: string) => `Deze stand is er niet. Kies uit: ${names}.`,
  nobodyStands: 'Niemand staat er zo voor.',
  noSuchMethod: (names: string) => `Deze manier is er niet. Kies uit: ${names}.`,
  said: {
    demanded: (name: string) => `${name} wordt gevraagd opnieuw te registreren.`,
    unlocked: (name: string) => `${name} kan het meteen weer proberen.`,
    blockLifted: (name: string) => `De blokkade van ${name} is opgeheven.`,
    knownElsewhere: (name: string) =>
      `Wie het wachtwoord van ${name} kent, kan er nu weer in. Laat ${name} met een toegangscode een nieuw kiezen: people access-code request ${name} --reason WAAROM`,
    disabled: (name: string) => `${name} is uitgeschakeld en overal afgemeld.`,
    enabled: (name: string) => `${name} is ingeschakeld.`,
    methodRemoved: (name: string) => `Verwijderd bij ${name}, die daarvan bericht krijgt.`,
    added: (name: string, group: string) => `${name} zit nu in ${group}.`,
    removed: (name: string, group: string) => `${name} zit niet meer in ${group}.`,
    requested: (name: string) => `De toegangscode voor ${name} is aangevraagd.`,
    approveNext: 'Een andere beheerder moet hem goedkeuren: people access-code approve NAAM',
    collectNext: 'Haal hem op als de persoon er klaar voor is: people access-code collect NAAM',
    approved: (by: string) => `Goedgekeurd. ${by} kan hem nu ophalen.`,
    collected: (name: string, until: string) =>
      `Geef deze code aan ${name}. Hij geldt eenmaal, tot ${until}, en is hierna niet meer te zien:`,
    cancelled: (name: string) => `De toegangscode voor ${name} geldt niet meer.`,
  },
};
