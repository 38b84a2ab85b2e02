/** Beleid, goedgekeurde vragen en het logboek: waarom de deur iets weigert, en wat de opdrachten zeggen. */
export const rules = {
  problems: {
    'effects-changed':
      'De gevolgen zijn intussen anders dan u zag. Bekijk de nieuwe aantallen en bevestig dan opnieuw.',
    'too-few-for-privileged':
      'Mensen in deze groepen kunnen hier nooit aan voldoen: voor hen tellen geen vragen en zijn er altijd minstens twee manieren nodig. Zet er meer aan of vraag er minder.',
    'all-groups-excluded':
      'Elke gekozen groep is ook uitgezonderd, dus niemand doet mee. Haal een uitzondering weg.',
    'version-unknown': 'Deze versie van het beleid bestaat niet. Kijk in de lijst van versies.',
    'question-changed-meanwhile':
      'Deze vraag is intussen door iemand anders gewijzigd. Bekijk hem opnieuw en probeer het dan nog eens.',
    'question-predefined':
      'Een meegeleverde vraag kunt u alleen aan- of uitzetten. Voeg een eigen vraag toe om andere woorden te gebruiken.',
    'question-retired': 'Deze vraag is ingetrokken. Keur hem eerst weer goed.',
    'actor-unknown': 'We kennen geen beheerder of persoon met deze naam. Kijk de naam na.',
    'moment-unreadable': 'Dit is geen datum. Gebruik JJJJ-MM-DD, of een tijdstip zoals 2026-11-01T12:00:00Z.',
    'place-unreadable':
      'Dit is geen plaats in het logboek. Gebruik de waarde van “next” uit het vorige antwoord.',
    'head-unreadable':
      'Dit is geen zegel van het logboek. Neem de waarde van “auditHead” over uit het serverlogboek.',
  },
  commands: {
    policy: `Beleid bekijken en wijzigen

  policy show [--version N] [--format json]
  policy set INSTELLING=WAARDE … [--yes] [--based-on N]
  policy preview INSTELLING=WAARDE … [--format json]
  policy versions [--format json]
  policy compare N [M] [--format json]
  policy back N [--yes]

Met set en back ziet u eerst wat er verandert. Zijn er mensen die er iets door
verliezen of die te laat worden, dan slaat alleen --yes het op.
Met --based-on N wordt alleen opgeslagen als versie N nog geldt.

Voorbeelden:
  npm run admin -- policy show
  npm run admin -- policy set methodsToReset=1 phoneCountries=NL,BE
  npm run admin -- policy set helpContact=mailto:hulp@example.org
  npm run admin -- policy set 'enabledFor={"who":"groups","groups":["Staf"]}'
  npm run admin -- policy preview methodsToRegister=3
  npm run admin -- policy compare 4 2
  npm run admin -- policy back 2 --yes`,
    questions: `Goedgekeurde beveiligingsvragen

  questions list [--all] [--format json]
  questions add [--nl TEKST] [--en TEKST]
  questions edit KENMERK [--nl TEKST] [--en TEKST]
                 (--correction | --new-meaning)
  questions move KENMERK (--before KENMERK | --last)
  questions retire KENMERK
  questions approve KENMERK

Ingetrokken vragen staan in de lijst met --all. Wie zo’n vraag gebruikt,
houdt hem tot de volgende controle. Een lege tekst haalt een taal weg: --en ''
Een verbetering (--correction) houdt de antwoorden; vraagt de vraag iets anders
(--new-meaning), dan wordt het een nieuwe vraag en wordt de oude ingetrokken.

Voorbeelden:
  npm run admin -- questions list
  npm run admin -- questions add --nl 'Welk boek las u als kind steeds opnieuw?'
  npm run admin -- questions move first-dish-cooked --before cuddly-toy-name
  npm run admin -- questions retire cuddly-toy-name`,
    audit: `Logboek bekijken, meenemen en nakijken

  audit list [--person NAAM] [--actor NAAM] [--kind SOORT]
             [--outcome done|refused] [--from DATUM] [--to DATUM]
             [--limit N] [--format json]
  audit export [--format csv|json|ndjson] [dezelfde keuzes, zonder --limit]
  audit verify [--head ZEGEL] [--format json]

De nieuwste gebeurtenis staat vooraan; tijden zijn in UTC. Een DATUM is
JJJJ-MM-DD of een tijdstip zoals 2026-11-01T12:00:00Z.
Met verify ziet u of er iets is gewijzigd of weggehaald. Geef met --head een
zegel uit het serverlogboek (auditHead), dan blijkt ook of het einde ontbreekt.

Voorbeelden:
  npm run admin -- audit list --person zoe --from 2026-11-01
  npm run admin -- audit list --actor anna --kind policy-replaced
  npm run admin -- audit export --format ndjson > logboek.ndjson
  npm run admin -- audit verify`,
  },
  terminal: {
    was: 'Was',
    becomes: 'Wordt',
    version: 'Versie',
    by: 'Door',
    at: 'Wanneer (UTC)',
    changed: 'Gewijzigd',
    standard: 'standaard',
    nothingChanges: 'Er verandert niets: dit is al het beleid.',
    sameVersions: 'Deze versies zijn gelijk.',
    needsYes: 'Er is niets opgeslagen. Wilt u dit, doe het dan opnieuw met --yes erbij.',
    versionWrong: (typed: string) => `“${typed}” is geen versie. Geef een getal uit policy versions.`,
    changedSince: (version: number) => `Gewijzigd sinds versie ${version}:`,
    effectsNow: 'De gevolgen zijn nu:',
    effects: {
      losesReset: (count: number) =>
        count === 1
          ? '1 persoon kan het wachtwoord niet meer zelf herstellen.'
          : `${count} personen kunnen het wachtwoord niet meer zelf herstellen.`,
      gainsReset: (count: number) =>
        count === 1
          ? '1 persoon kan het wachtwoord voortaan zelf herstellen.'
          : `${count} personen kunnen het wachtwoord voortaan zelf herstellen.`,
      becomesOverdue: (count: number) =>
        count === 1 ? '1 persoon wordt meteen te laat.' : `${count} personen worden meteen te laat.`,
      noLongerOverdue: (count: number) =>
        count === 1 ? '1 persoon is niet meer te laat.' : `${count} personen zijn niet meer te laat.`,
      newlyEnabled: (count: number) =>
        count === 1 ? '1 persoon gaat meedoen.' : `${count} personen gaan meedoen.`,
      noLongerEnabled: (count: number) =>
        count === 1 ? '1 persoon doet niet meer mee.' : `${count} personen doen niet meer mee.`,
      none: 'Voor niemand verandert er nu iets.',
    },
    questionCorrected: (id: string) => `De vraag ${id} is verbeterd.`,
    questionReplaced: (id: string, old: string) =>
      `De vraag ${old} is ingetrokken; de nieuwe vraag heeft kenmerk ${id}.`,
    questionApproved: (id: string) => `De vraag ${id} is weer goedgekeurd.`,
    questionMoved: (id: string) => `De vraag ${id} is verplaatst.`,
    chooseMeaning: 'Kies --correction of --new-meaning.',
    choosePlace: 'Kies --before KENMERK of --last.',
    event: 'Gebeurtenis',
    outcome: 'Uitkomst',
    actor: 'Door',
    person: 'Persoon',
    details: 'Meer',
    outcomes: { done: 'gelukt', refused: 'geweigerd' },
    actors: { system: 'Sparekey', stranger: 'onbekende', administrator: 'beheerder', person: 'persoon' },
    noEvents: 'Er is niets gevonden.',
    badExport: 'De opmaak kan alleen csv, json of ndjson zijn.',
    more: 'Er is meer. Vraag meer met --limit, of neem alles mee met audit export.',
    sound: ({ rows, batches }: { rows: number; batches: number }) =>
      `Het logboek klopt. Regels: ${rows}, in verzegelde delen: ${batches}.`,
    unsealed: (count: number) =>
      count === 1 ? '1 regel is nog niet verzegeld.' : `${count} regels zijn nog niet verzegeld.`,
    prunedTo: (seq: number) => `Tot en met regel ${seq} is het logboek volgens het beleid opgeruimd.`,
    unsound: 'Het logboek klopt niet meer met zijn zegels.',
    findings: {
      'rows-changed': 'hier is iets gewijzigd',
      'rows-missing': 'hier ontbreken regels',
      'rows-added': 'hier zijn regels bijgekomen',
      'seals-missing': 'hier ontbreken zegels',
      'seal-changed': 'dit zegel sluit niet aan',
      'key-missing': 'de sleutel van dit zegel ontbreekt',
      'end-missing': 'het einde ontbreekt',
      'end-changed': 'dit zegel is een ander dan u gaf',
    },
    finding: ({ from, to, what }: { from: number; to: number; what: string }) =>
      from === to ? `regel ${from}: ${what}` : `regel ${from} tot en met ${to}: ${what}`,
  },
};
