/** A question that ships with Sparekey; its key is stored with answers and never changes. */
export interface PredefinedQuestion {
  key: string;
  nl: string;
  en: string;
}

/**
 * The questions an administrator can approve from the first day, in our own words.
 * Each looks back on something settled long ago, has many possible answers and stands on no public profile.
 */
export const predefinedQuestions = [
  {
    key: 'first-dish-cooked',
    nl: 'Welk gerecht maakte u als eerste helemaal zelf?',
    en: 'Which dish was the first you made all by yourself?',
  },
  {
    key: 'first-sleepover-friend',
    nl: 'Bij welk kind bleef u voor het eerst een nacht logeren?',
    en: 'With which child did you stay overnight for the first time?',
  },
  {
    key: 'remembered-shop',
    nl: 'In welke winkel van vroeger weet u nog precies waar alles lag?',
    en: 'In which shop of long ago do you still know where everything was?',
  },
  {
    key: 'cuddly-toy-name',
    nl: 'Hoe heette de knuffel of pop die overal mee naartoe ging?',
    en: 'What did you call the cuddly toy or doll that went everywhere with you?',
  },
  {
    key: 'first-saved-for',
    nl: 'Waarvoor hebt u als kind het langst gespaard?',
    en: 'What did you save up for the longest as a child?',
  },
  {
    key: 'lost-object-regretted',
    nl: 'Welk voorwerp bent u kwijtgeraakt en mist u nog steeds?',
    en: 'Which thing did you once lose and still miss?',
  },
  {
    key: 'first-book-reread',
    nl: 'Welk boek las u als eerste een tweede keer?',
    en: 'Which book was the first you read a second time?',
  },
  {
    key: 'word-of-a-relative',
    nl: 'Welk woord zei een familielid veel vaker dan andere mensen?',
    en: 'Which word did a relative say far more often than other people do?',
  },
  {
    key: 'made-up-word',
    nl: 'Welk verzonnen woord begreep alleen uw familie?',
    en: 'Which made-up word did only your family understand?',
  },
  {
    key: 'smell-of-home',
    nl: 'Welke geur brengt u meteen terug naar vroeger?',
    en: 'Which smell takes you straight back to your early years?',
  },
  {
    key: 'first-concert-performer',
    nl: 'Wie trad er op bij het eerste optreden waar u zelf een kaartje voor kocht?',
    en: 'Who performed at the first show you bought a ticket for yourself?',
  },
  {
    key: 'first-paid-by',
    nl: 'Van wie kreeg u voor het eerst geld voor een klusje?',
    en: 'Who was the first to pay you for a chore?',
  },
  {
    key: 'gift-never-used',
    nl: 'Welk cadeau hebt u bewaard maar nooit gebruikt?',
    en: 'Which present did you keep but never use?',
  },
  {
    key: 'nickname-given',
    nl: 'Welke bijnaam gaf u stiekem aan een buur of leraar?',
    en: 'Which nickname did you secretly give to a neighbour or teacher?',
  },
  {
    key: 'thing-broken-as-child',
    nl: 'Wat hebt u als kind kapotgemaakt en liever niet verteld?',
    en: 'What did you break as a child and rather not tell anyone about?',
  },
  {
    key: 'bedtime-story',
    nl: 'Welk verhaal wilde u voor het slapen steeds opnieuw horen?',
    en: 'Which story did you want to hear again and again at bedtime?',
  },
  {
    key: 'found-treasure',
    nl: 'Wat is het mooiste dat u ooit op straat of strand hebt gevonden?',
    en: 'What is the finest thing you ever found in the street or on a beach?',
  },
  {
    key: 'strangest-thing-dreamt',
    nl: 'Wat was het vreemdste in een droom die u nooit bent vergeten?',
    en: 'What was the strangest thing in a dream you never forgot?',
  },
  {
    key: 'first-long-trip-companion',
    nl: 'Wie zat naast u op uw eerste lange reis zonder familie?',
    en: 'Who sat next to you on your first long journey without family?',
  },
  {
    key: 'mispronounced-word',
    nl: 'Welk woord sprak u als kind jarenlang verkeerd uit?',
    en: 'Which word did you say wrongly for years as a child?',
  },
  {
    key: 'unfinished-hobby',
    nl: 'Aan welke hobby bent u ooit begonnen en al snel weer gestopt?',
    en: 'Which hobby did you once take up and soon give up again?',
  },
  {
    key: 'kitchen-object-grandparents',
    nl: 'Welk ding uit de keuken van een opa, oma of buurvrouw ziet u nog voor u?',
    en: 'Which thing in the kitchen of a grandparent or neighbour can you still picture?',
  },
  {
    key: 'song-learned-by-heart',
    nl: 'Welk lied kende u als eerste helemaal uit uw hoofd?',
    en: 'Which song was the first you knew entirely by heart?',
  },
  {
    key: 'secret-club-name',
    nl: 'Hoe heette de club of de hut die u met andere kinderen had?',
    en: 'What did you call the club or hut you had with other children?',
  },
  {
    key: 'collection-as-child',
    nl: 'Wat verzamelde u dat een ander zou weggooien?',
    en: 'What did you collect that others would throw away?',
  },
  {
    key: 'clothing-refused-to-wear',
    nl: 'Welk kledingstuk weigerde u als kind aan te trekken?',
    en: 'Which piece of clothing did you refuse to put on as a child?',
  },
  {
    key: 'well-explained-subject',
    nl: 'Wat legde iemand u ooit zo goed uit dat u het nooit meer vergat?',
    en: 'What did somebody once explain so well that you never forgot it?',
  },
  {
    key: 'feared-phone-call',
    nl: 'Wie durfde u ooit eerst niet te bellen en belde u toch?',
    en: 'Whom did you once not dare to call at first, and then called after all?',
  },
] as const satisfies readonly PredefinedQuestion[];
