type Organisation = { organisation: string };
type When = Organisation & { when: string };
type Named = When & { name: string };

/** Beheerders zelf: hun mails, waarom de deur hen weigert, en de opdrachten waarmee zij binnenkomen. */
export const administrators = {
  mails: {
    heading: 'Bericht voor beheerders',
    code: {
      subject: ({ organisation }: Organisation) => `Uw code om ${organisation} te beheren`,
      heading: 'Uw code',
      intro: ({ organisation }: Organisation) =>
        `Typ deze code om u aan te melden als beheerder bij ${organisation}:`,
      valid: ({ until }: { until: string }) => `De code is geldig tot ${until}.`,
      keep: 'Geef deze code aan niemand. Hebt u zich niet aangemeld, dan kent iemand anders uw wachtwoord: meld u aan en kies meteen een ander.',
    },
    told: {
      'privileged-person-reset': {
        subject: ({ organisation }: Organisation) =>
          `Wachtwoord hersteld van iemand met extra rechten bij ${organisation}`,
        what: ({ name, organisation, when }: Named) =>
          `Op ${when} is bij ${organisation} het wachtwoord hersteld van ${name}, die in een groep met extra rechten zit.`,
        todo: 'Vraag deze persoon of dat klopt. Zo niet, schakel het account dan uit.',
      },
      'reset-disowned': {
        subject: ({ organisation }: Organisation) => `“Dit was ik niet” bij ${organisation}`,
        what: ({ name, organisation, when }: Named) =>
          `Op ${when} heeft ${name} bij ${organisation} laten weten: dit was ik niet. Aanmelden en herstellen zijn voor dit account geblokkeerd.`,
        todo: 'Neem contact op met deze persoon en hef de blokkade pas op als u weet wat er gebeurd is.',
      },
      'budget-nearly-spent': {
        subject: ({ organisation }: Organisation) => `Bijna geen berichten meer over bij ${organisation}`,
        what: ({ organisation, when }: When) =>
          `Op ${when} was vier vijfde verbruikt van de sms’jes en oproepen die ${organisation} op een dag mag versturen.`,
        todo: 'Kijk in het logboek of dat klopt. Meer berichten per dag staat u toe in het beleid.',
      },
      'guessing-noticed': {
        subject: ({ organisation }: Organisation) => `Er wordt geraden bij ${organisation}`,
        what: ({ organisation, when }: When) =>
          `Op ${when} had één netwerk zoveel verkeerde wachtwoorden geprobeerd bij ${organisation} dat het nu moet wachten. Misschien probeert iemand wachtwoorden te raden.`,
        todo: 'Kijk in het logboek om welk netwerk het gaat.',
      },
      'spray-noticed': {
        subject: ({ organisation }: Organisation) => `Veel verkeerde pogingen bij ${organisation}`,
        what: ({ organisation, when }: When) =>
          `Op ${when} waren er bij ${organisation} in één uur meer dan honderd verkeerde wachtwoorden en codes, over alle namen en netwerken samen. Misschien probeert iemand bij veel mensen één wachtwoord.`,
        todo: 'Kijk in het logboek bij welke namen en vanaf welke netwerken het gebeurt.',
      },
      'directory-losses': {
        subject: ({ organisation }: Organisation) =>
          `Veel mensen ontbreken in de directory van ${organisation}`,
        what: ({ missing, of, organisation, when }: When & { missing: number; of: number }) =>
          `Op ${when} ontbraken ${missing} van de ${of} mensen in de directory van ${organisation}. Zoveel tegelijk lijkt een storing: daarom is niemand van hen uitgeschakeld.`,
        todo: 'Kijk of Sparekey iedereen in de directory nog kan zien (sparekey doctor). Als het klopt dat deze mensen weg zijn, bevestig dat dan op de server: sparekey directory sync --accept-losses met het aantal erachter.',
      },
      'administrator-invited': {
        subject: ({ organisation }: Organisation) => `Nieuwe beheerder uitgenodigd bij ${organisation}`,
        what: ({ name, organisation, when }: Named) =>
          `Op ${when} is ${name} uitgenodigd om ${organisation} mee te beheren.`,
        todo: 'Klopt dat niet, trek de uitnodiging dan in.',
      },
      'administrator-added': {
        subject: ({ organisation }: Organisation) => `Nieuwe beheerder bij ${organisation}`,
        what: ({ name, organisation, when }: Named) => `Sinds ${when} beheert ${name} ${organisation} mee.`,
        todo: 'Klopt dat niet, verwijder dit account dan.',
      },
      'administrator-removed': {
        subject: ({ organisation }: Organisation) => `Beheerder verwijderd bij ${organisation}`,
        what: ({ name, organisation, when }: Named) =>
          `Op ${when} is ${name} verwijderd als beheerder van ${organisation}.`,
        todo: 'Klopt dat niet, kijk dan in het logboek wie dat gedaan heeft.',
      },
      'administrator-recovered': {
        subject: ({ organisation }: Organisation) => `Beheerder weer binnen bij ${organisation}`,
        what: ({ name, organisation, when }: Named) =>
          `Op ${when} heeft ${name} een nieuw wachtwoord gekozen om ${organisation} te beheren, met een eenmalige sleutel die op de server zelf is gemaakt.`,
        todo: 'Vraag deze persoon of dat klopt. Zo niet, dan is er iemand anders op uw server geweest.',
      },
      'administrator-mail-changed': {
        subject: ({ organisation }: Organisation) => `Uw e-mailadres bij ${organisation} is gewijzigd`,
        what: ({ name, organisation, when }: Named) =>
          `Op ${when} is het e-mailadres gewijzigd van ${name}, die ${organisation} mee beheert. Dit bericht gaat naar het oude en het nieuwe adres.`,
        todo: 'Klopt dat niet, laat het dan meteen aan een andere beheerder weten.',
      },
    },
  },
  /** Waarom de deur iets weigert. */
  problems: {
    'not-signed-in': 'U bent niet aangemeld, of niet meer. Meld u aan: npm run admin -- sign-in.',
    'right-missing': 'Hiervoor hebt u geen rechten. Vraag het aan een beheerder die ze wel heeft.',
    'privileged-person':
      'Deze persoon zit in een groep met extra rechten. Alleen een beheerder kan hier helpen.',
    'sign-in-wrong': 'Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het nog eens.',
    'sign-in-resting':
      'Er is te vaak een verkeerd wachtwoord geprobeerd. Wacht een paar minuten en probeer het dan nog eens.',
    'mail-missing':
      'Uw account heeft geen e-mailadres, en dat is nodig om u van buiten deze machine aan te melden. Meld u aan op de machine zelf.',
    'mail-not-carried':
      'Sparekey kan geen mail versturen, en dat is nodig om u van buiten deze machine aan te melden. Meld u aan op de machine zelf.',
    'code-wrong': 'Deze code klopt niet. Kijk nog eens in de mail.',
    'code-ended': 'Deze code geldt niet meer. Meld u opnieuw aan voor een nieuwe.',
    'one-time-token-wrong':
      'Deze eenmalige sleutel klopt niet, is al gebruikt of is verlopen. Vraag om een nieuwe.',
    'administrator-name-unusable':
      'Dit kan geen naam van een beheerder zijn. Gebruik kleine letters, cijfers en . _ @ + -, minstens twee.',
    'administrator-name-taken': 'Deze naam is al in gebruik. Kies een andere.',
    'administrator-unknown': 'Deze beheerder is er niet. Kijk in de lijst van beheerders.',
    'own-account': 'Dit is uw eigen account. Wijzig het adres met uw wachtwoord: administrators mail.',
    'invitation-unknown': 'Deze uitnodiging is er niet, of niet meer.',
    'last-administrator': 'Dit is de laatste beheerder. Nodig eerst een ander uit.',
    'password-wrong': 'Dit is niet uw wachtwoord. Probeer het nog eens.',
    'token-unknown': 'Deze toegangssleutel is er niet, of is al ingetrokken.',
    'registration-due': 'Deze persoon moet eerst naar de registratiepagina.',
    'expiry-not-valid': 'Een toegangssleutel geldt 1 tot en met 365 dagen.',
  },
  /** De opdrachten in de terminal. */
  commands: {
    'sign-in': `Meld u aan als beheerder

  sign-in [--name NAAM]

Vraagt uw naam en wachtwoord. In een script: --name, en het wachtwoord op de standaardinvoer.
Scripts gebruiken liever een toegangssleutel: zie tokens --help.

Voorbeelden:
  npm run admin -- sign-in
  npm run admin -- sign-in --name anna < wachtwoord.txt`,
    'sign-out': `Meld u af

  sign-out

Voorbeeld:
  npm run admin -- sign-out`,
    'first-administrator': `Maak de eerste beheerder

  first-administrator [--name NAAM] [--display-name NAAM] [--mail ADRES]

Vraagt de eenmalige sleutel die Sparekey bij het starten toonde, en een wachtwoord dat u zelf kiest.
In een script: op de standaardinvoer eerst de sleutel, op de volgende regel het wachtwoord.

Voorbeeld:
  npm run admin -- first-administrator --name anna --display-name 'Anna Bakker' \\
    --mail anna@example.org`,
    administrators: `Beheerders en helpdesk

  administrators list [--format json]
  administrators invite NAAM --display-name NAAM [--role administrator|helpdesk]
                 [--mail ADRES] [--language nl|en]
  administrators accept
  administrators withdraw ID
  administrators remove NAAM
  administrators password
  administrators mail [NAAM] (--mail ADRES | --no-mail)
  administrators recover

Wie u uitnodigt, kiest zelf een wachtwoord: geef de eenmalige sleutel (24 uur geldig) door,
en laat diegene accept typen. Wie verwijderd wordt, verliest ook de eigen toegangssleutels.
mail zonder naam wijzigt uw eigen adres, en vraagt uw wachtwoord.
recover neemt de eenmalige sleutel aan van wie het wachtwoord vergeten is; die wordt alleen
op de machine van de server gemaakt: sparekey recover-administrator NAAM

Voorbeelden:
  npm run admin -- administrators invite hugo --display-name 'Hugo Smit' --role helpdesk
  npm run admin -- administrators accept
  npm run admin -- administrators remove hugo`,
    tokens: `Toegangssleutels voor scripts

  tokens list [--format json]
  tokens create NAAM --scope read|people|policy|status|metrics … [--days DAGEN]
  tokens revoke ID

read kijkt, people wijzigt mensen, policy wijzigt beleid en vragen, status zegt alleen
hoe het met iemand staat. Zonder --days geldt een sleutel 90 dagen. Gebruik het met
SPAREKEY_ADMIN_TOKEN of --token-file.

Voorbeelden:
  npm run admin -- tokens create intranet --scope status --days 365 > sleutel.txt
  npm run admin -- overdue list --token-file sleutel.txt`,
  },
  terminal: {
    askName: 'Naam:',
    askDisplayName: 'Naam zoals anderen die lezen:',
    askMail: 'E-mailadres (mag leeg):',
    askPassword: 'Wachtwoord:',
    askNewPassword: 'Kies een wachtwoord:',
    askOldPassword: 'Uw wachtwoord nu:',
    askToken: 'Eenmalige sleutel:',
    askCode: ({ to }: { to: string }) => `Code uit de mail aan ${to}:`,
    signedIn: ({ name }: { name: string }) => `U bent aangemeld als ${name}.`,
    signedOut: 'U bent afgemeld.',
    madeFirst: ({ name }: { name: string }) =>
      `${name} is de eerste beheerder. Meld u aan: npm run admin -- sign-in`,
    invited: ({ name, until }: { name: string; until: string }) =>
      `${name} is uitgenodigd. Geef deze eenmalige sleutel door; die geldt tot ${until} en is niet nog eens te zien:`,
    accepted: ({ name }: { name: string }) =>
      `Uw account ${name} is klaar. Meld u aan: npm run admin -- sign-in`,
    withdrawn: 'De uitnodiging is ingetrokken.',
    removed: ({ name, tokens }: { name: string; tokens: number }) =>
      tokens === 0
        ? `${name} is verwijderd.`
        : `${name} is verwijderd, met ${tokens} ${tokens === 1 ? 'toegangssleutel' : 'toegangssleutels'}.`,
    passwordChanged: 'Uw wachtwoord is gewijzigd. Meld u opnieuw aan.',
    mailChanged: ({ name }: { name: string }) =>
      name === ''
        ? 'Uw e-mailadres is gewijzigd. Het oude en het nieuwe adres krijgen bericht.'
        : `Het e-mailadres van ${name} is gewijzigd. Het oude en het nieuwe adres krijgen bericht.`,
    recovered: ({ name }: { name: string }) =>
      `${name} heeft een nieuw wachtwoord. Meld u aan: npm run admin -- sign-in`,
    tokenMade: ({ name, until }: { name: string; until: string }) =>
      `De toegangssleutel ${name} geldt tot ${until}. Bewaar die nu; hij is niet nog eens te zien:`,
    tokenRevoked: 'De toegangssleutel is ingetrokken.',
    noTokens: 'Er zijn geen toegangssleutels.',
    untrusted: (url: string) =>
      `Het certificaat van ${url} wordt niet vertrouwd. Geef het met NODE_EXTRA_CA_CERTS.`,
    columns: {
      name: 'Naam',
      displayName: 'Volledige naam',
      role: 'Rol',
      lastSignIn: 'Laatst aangemeld',
      invitation: 'uitgenodigd',
      id: 'Id',
      scopes: 'Waarvoor',
      madeBy: 'Van',
      until: 'Geldig tot',
      lastUsed: 'Laatst gebruikt',
    },
    roles: { administrator: 'beheerder', helpdesk: 'helpdesk' },
    revoked: 'ingetrokken',
    never: 'nooit',
  },
};
