/** For who can prove none of the methods any more. */
export const lostMethods = {
  link: 'Ik heb geen van deze manieren meer',
  title: 'U kunt niet meer bewijzen wie u bent',
  intro: 'Er zijn twee wegen om toch verder te gaan. Probeer eerst de eerste: die is het snelst.',
  quick: 'Snel: een toegangscode',
  quickText:
    'Uw beheerder kan u een toegangscode geven. Daarmee kiest u meteen een nieuw wachtwoord en stelt u alles opnieuw in.',
  redeem: 'Ik heb een toegangscode',
  slow: 'Langzaam: 72 uur wachten',
  slowText:
    'Kunt u uw beheerder niet bereiken? Dan mag u na 72 uur met alleen uw wachtwoord wijzigen hoe u bewijst wie u bent. Wij sturen nu bericht naar alle adressen die wij van u kennen. Wie zo’n bericht krijgt, kan de wijziging tegenhouden.',
  ask: 'Begin met wachten',
  waiting: (due: string) => `U wacht nu. Vanaf ${due} kunt u hier verder.`,
  waitingText: 'Meld u dan opnieuw aan en kom terug op deze pagina. U mag deze pagina nu sluiten.',
  cancel: 'Niet meer wachten',
  due: (until: string) =>
    `De 72 uur zijn voorbij. U kunt tot ${until} zonder code wijzigen hoe u bewijst wie u bent.`,
  dueText:
    'Dat kan één keer, en u hebt er dan 30 minuten voor. Wijzig of verwijder alles wat u niet meer hebt.',
  goOn: 'Nu wijzigen',
  said: {
    asked: 'Het wachten is begonnen. Wij hebben bericht gestuurd naar al uw adressen.',
    cancelled: 'U wacht niet meer. Er is niets veranderd.',
    admitted: 'U kunt nu 30 minuten lang wijzigen hoe u bewijst wie u bent.',
    ended: 'Er wacht geen wijziging meer.',
  },
  tooOften: (wait: string) => `U hebt dit te vaak gevraagd. Probeer het opnieuw over ${wait}.`,
  nobodyToTell:
    'Dit kan niet: wij hebben geen adres of nummer om u een bericht te sturen. Vraag uw beheerder om een toegangscode.',
};
