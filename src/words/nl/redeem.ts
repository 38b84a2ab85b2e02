/** Coming in with a one-time access code. */
export const redeem = {
  title: 'Verder met een toegangscode',
  link: 'Ik heb een toegangscode van mijn beheerder',
  intro:
    'Hebt u van uw beheerder een toegangscode gekregen? Daarmee kiest u een nieuw wachtwoord en stelt u alles opnieuw in.',
  code: 'Toegangscode',
  hint: 'Vier groepjes van vier tekens. Hoofdletters, spaties en streepjes maken niet uit.',
  submit: 'Verder',
  none: 'Hebt u geen code? Alleen uw beheerder kan er een geven. Een code is hooguit 24 uur geldig en werkt één keer.',
  wrong:
    'De gebruikersnaam of de code klopt niet, of de code is niet meer geldig. Controleer beide en probeer het opnieuw.',
  resting: (wait: string) => `Er is te vaak een verkeerde code ingevuld. Probeer het opnieuw over ${wait}.`,
  password: {
    title: 'Kies een nieuw wachtwoord',
    intro: 'Uw code klopt. Kies nu een nieuw wachtwoord. Alleen u kent het, ook uw beheerder ziet het niet.',
    after:
      'Zodra u het bewaart, verwijderen wij de manieren om te bewijzen wie u bent die u eerder had ingesteld. Daarna stelt u ze opnieuw in.',
    done: 'Uw nieuwe wachtwoord is bewaard. Stel nu opnieuw in hoe u kunt bewijzen wie u bent.',
  },
};
