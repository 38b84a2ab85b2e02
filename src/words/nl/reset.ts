import type { methods } from './methods.ts';

type Kind = keyof typeof methods.names;

const perMethod = <T>(words: Record<Kind, T>) => words;
const perCode = <T>(words: Record<Exclude<Kind, 'security-questions'>, T>) => words;

export const reset = {
  title: 'Zelf weer toegang krijgen',
  intro: 'Bent u uw wachtwoord vergeten of is uw account geblokkeerd? Hier krijgt u zelf weer toegang.',
  closed: 'Uw organisatie laat dit nu niet toe. Neem contact op met uw beheerder.',
  userName: 'Gebruikersnaam',
  userNameHint: 'De naam waarmee u zich aanmeldt op uw werk.',
  wish: 'Wat is er aan de hand?',
  wishes: {
    forgot: 'Ik weet mijn wachtwoord niet meer',
    locked: 'Ik weet mijn wachtwoord, maar mijn account is geblokkeerd',
  },
  submit: 'Verder',
  timeLimit: 'U hebt hierna een uur de tijd. Als u 15 minuten niets doet, begint u opnieuw.',
  startWait: (wait: string) =>
    `Er is te vaak geprobeerd om toegang te krijgen. Probeer het opnieuw over ${wait}.`,
  signIn: 'Terug naar aanmelden',
  over: 'De tijd is om, of u was nog niet begonnen. Begin hier opnieuw.',
  methods: {
    title: 'Bewijs dat u het bent',
    needed: (n: number) =>
      n === 1
        ? 'Bewijs op één manier dat u het bent.'
        : `Bewijs op ${n} verschillende manieren dat u het bent.`,
    more: (n: number) => (n === 1 ? 'U hebt nog 1 manier nodig.' : `U hebt nog ${n} manieren nodig.`),
    own: 'Alleen wat u zelf eerder hebt ingesteld, werkt.',
    choose: perMethod({
      'authentication-phone': 'Gebruik uw eigen telefoon',
      'authentication-email': 'Gebruik uw eigen e-mailadres',
      'office-phone': 'Gebruik uw kantoortelefoon',
      'security-questions': 'Beantwoord uw vragen',
    }),
    questionsLater:
      'Uw vragen kunt u pas beantwoorden als u op een andere manier hebt bewezen dat u het bent.',
    again: 'Opnieuw beginnen',
  },
  phone: {
    title: 'Uw eigen telefoon',
    number: 'Telefoonnummer',
    hint: 'Het hele nummer dat u hebt ingesteld, bijvoorbeeld 06 12345678. Zet voor een buitenlands nummer het landnummer ervoor, zoals +32.',
    channel: 'Hoe wilt u de code krijgen?',
    submit: 'Stuur een code',
  },
  email: {
    title: 'Uw eigen e-mailadres',
    address: 'E-mailadres',
    hint: 'Het hele adres dat u hebt ingesteld, bijvoorbeeld naam@example.org.',
    submit: 'Stuur een code',
  },
  office: {
    title: 'Uw kantoortelefoon',
    number: 'Nummer van uw kantoortelefoon',
    hint: 'Het hele nummer, bijvoorbeeld 020 7940000. Zorg dat u bij het toestel bent: wij bellen en lezen een code voor.',
    submit: 'Bel dit nummer nu',
  },
  another: 'Kies een andere manier',
  code: {
    title: perCode({
      'authentication-phone': 'De code voor uw telefoon',
      'authentication-email': 'De code voor uw e-mailadres',
      'office-phone': 'De code van uw kantoortelefoon',
    }),
    sent: {
      text: (to: string) => `Hoort ${to} bij uw account, dan krijgt u nu een sms met een code.`,
      call: (to: string) => `Hoort ${to} bij uw account, dan bellen wij nu en lezen een code voor.`,
      mail: (to: string) => `Hoort ${to} bij uw account, dan krijgt u nu een e-mail met een code.`,
    },
    sentAgain: {
      text: 'Wij sturen de sms nog een keer, als het nummer klopt.',
      call: 'Wij bellen nog een keer, als het nummer klopt.',
      mail: 'Wij sturen de e-mail nog een keer, als het adres klopt.',
    },
    nothing: 'Kijk ook of u het goed hebt getypt, of kies een andere manier.',
    retype: perCode({
      'authentication-phone': 'Typ het nummer opnieuw',
      'authentication-email': 'Typ het adres opnieuw',
      'office-phone': 'Typ het nummer opnieuw',
    }),
    tooMany: 'Er zijn te veel codes gevraagd. Begin opnieuw.',
    passed: 'Dat klopt.',
  },
  questions: {
    title: 'Uw vragen',
    intro: 'Beantwoord alle vragen. Hoofdletters en extra spaties maken niet uit.',
    submit: 'Controleer de antwoorden',
    problem: (question: string, problem: string) => `“${question}” ${problem}`,
    incorrect: 'Niet alle antwoorden kloppen. Kijk ze allemaal na en probeer het opnieuw.',
    resting: (wait: string) =>
      `Er zijn te veel verkeerde antwoorden gegeven. Probeer het opnieuw over ${wait}, of kies een andere manier.`,
    hide: 'Verberg wat ik typ',
    show: 'Laat zien wat ik typ',
  },
  password: {
    title: 'Kies een nieuw wachtwoord',
    intro: 'U hebt bewezen dat u het bent.',
    notLocked: 'Uw account is niet geblokkeerd. Lukt aanmelden niet, kies dan een nieuw wachtwoord.',
    hint: 'Minstens 8 tekens. Een paar woorden achter elkaar is sterk en makkelijk te onthouden.',
    label: 'Nieuw wachtwoord',
    repeat: 'Nieuw wachtwoord nog een keer',
    submit: 'Wachtwoord bewaren',
    hide: 'Verberg wat ik typ',
    show: 'Laat zien wat ik typ',
    notEqual: 'De twee wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde wachtwoord.',
  },
  unlock: {
    title: 'Uw account deblokkeren',
    text: 'U hebt bewezen dat u het bent. Uw account is geblokkeerd na te veel verkeerde wachtwoorden.',
    keep: 'Daarna kunt u zich meteen aanmelden met het wachtwoord dat u had.',
    submit: 'Deblokkeer mijn account',
    forgot: 'Toch een nieuw wachtwoord kiezen',
  },
  done: {
    titles: {
      reset: 'Uw wachtwoord is gewijzigd',
      unlocked: 'Uw account is gedeblokkeerd',
      setting: 'Uw wachtwoord wordt nog bewaard',
    },
    reset: 'Meld u nu aan met uw nieuwe wachtwoord. Overal waar u nog was aangemeld, bent u afgemeld.',
    unlocked: 'Meld u nu aan met het wachtwoord dat u had. Overal waar u nog was aangemeld, bent u afgemeld.',
    setting:
      'Het duurt langer dan gewoonlijk. Probeer over een minuut eerst uw nieuwe wachtwoord; werkt dat niet, dan geldt het oude nog.',
    told: 'Wij hebben dit gemeld op al uw bekende adressen.',
    answers:
      'Uw antwoorden op de vragen blijven gelden. U kunt ze alleen niet meer bekijken, want ze waren verzegeld met uw oude wachtwoord.',
    signIn: 'Aanmelden',
    look: 'Kijk opnieuw',
  },
  notPossible: {
    title: 'Dit lukt zo niet',
    notEnough:
      'Wat u hebt bewezen klopt, maar er is niet genoeg ingesteld om zelf weer toegang te krijgen. Er is niets veranderd.',
    stopped:
      'Er is intussen iets aan uw account veranderd. Daarom gaat dit niet verder. Er is niets veranderd aan uw wachtwoord.',
    help: 'Uw beheerder kan u verder helpen, bijvoorbeeld met een eenmalige toegangscode.',
    helpLink: 'Neem contact op',
    accessCode: 'Ik heb een toegangscode',
    again: 'Opnieuw beginnen',
  },
};
