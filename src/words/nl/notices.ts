type Organisation = { organisation: string };
type Happened = Organisation & { when: string };

/** Notices of what happened to an account; a text keeps to plain letters where it can. */
export const notices = {
  subjects: {
    'password-reset': ({ organisation }: Organisation) =>
      `Uw wachtwoord bij ${organisation} is opnieuw ingesteld`,
    'account-unlocked': ({ organisation }: Organisation) => `Uw account bij ${organisation} is weer open`,
    'password-changed': ({ organisation }: Organisation) => `Uw wachtwoord bij ${organisation} is gewijzigd`,
    'access-code-issued': ({ organisation }: Organisation) =>
      `Er is een toegangscode voor u gemaakt bij ${organisation}`,
    'change-announced': ({ organisation }: Organisation) =>
      `Iemand wil uw gegevens bij ${organisation} wijzigen`,
    'change-cancelled': ({ organisation }: Organisation) =>
      `De wijziging van uw gegevens bij ${organisation} gaat niet door`,
    'account-stopped': ({ organisation }: Organisation) => `Uw account bij ${organisation} is geblokkeerd`,
  },
  passwordReset: ({ organisation, when }: Happened) =>
    `Op ${when} is uw wachtwoord bij ${organisation} opnieuw ingesteld. Hebt u dit zelf gedaan? Dan hoeft u niets te doen.`,
  byAccessCode:
    'Dat ging met een toegangscode van uw beheerder. De manieren om te bewijzen wie u bent die u eerder had ingesteld, zijn verwijderd.',
  accountUnlocked: ({ organisation, when }: Happened) =>
    `Op ${when} is uw account bij ${organisation} weer geopend. Uw wachtwoord bleef hetzelfde. Hebt u dit zelf gedaan? Dan hoeft u niets te doen.`,
  passwordChanged: ({ organisation, when }: Happened) =>
    `Op ${when} is uw wachtwoord bij ${organisation} gewijzigd. Hebt u dit zelf gedaan? Dan hoeft u niets te doen.`,
  accessCodeIssued: ({ organisation, when, until }: Happened & { until: string }) =>
    `Op ${when} heeft een beheerder van ${organisation} een toegangscode voor u gemaakt, geldig tot ${until}. Wie die code heeft, kan een nieuw wachtwoord kiezen. Hebt u daarom gevraagd? Dan hoeft u niets te doen.`,
  changeAnnounced: ({ organisation, when, due }: Happened & { due: string }) =>
    `Op ${when} heeft iemand met uw wachtwoord bij ${organisation} gevraagd om uw gegevens te wijzigen zonder code. Dat kan vanaf ${due}. Hebt u daarom gevraagd? Dan hoeft u alleen te wachten.`,
  changeCancelled: ({ organisation, when }: Happened) =>
    `Op ${when} is bij ${organisation} de wijziging van uw gegevens zonder code tegengehouden. Had u er niet zelf om gevraagd? Dan kent iemand anders uw wachtwoord: kies een nieuw wachtwoord.`,
  accountStopped: ({ organisation, when }: Happened) =>
    `Op ${when} is uw account bij ${organisation} geblokkeerd, omdat iemand bij een bericht aan u koos voor: dit was ik niet.`,
  stoppedMeans:
    'Aanmelden en een nieuw wachtwoord instellen kan pas weer als uw beheerder de blokkade opheft.',
  place: (start: string) => `Dat gebeurde vanaf een netwerkadres dat begint met ${start}.`,
  stop: 'Was u dit niet? Blokkeer dan uw account met deze link, 7 dagen geldig:',
  cancel: 'Was u dit niet? Houd het dan tegen met deze link:',
  ask: 'Hebt u vragen? Neem contact op met uw beheerder.',
  askContact: 'Hebt u vragen? Neem dan contact op:',
};
