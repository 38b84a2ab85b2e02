import type { Language } from '../words/languages.ts';
import type { Words } from '../words/words.ts';
import { wordsOf } from '../words/words.ts';
import type { AccountNotice } from './account-notices.ts';
import type { Destination } from './content.ts';
import type { Outgoing } from './delivery.ts';
import { addressDraft, formatTime, type House } from './draft.ts';
import { oneLine } from './line.ts';
import { type MailPart, shownLink } from './mail.ts';

interface AccountContent {
  readonly to: Destination;
  readonly language: Language;
  readonly notice: AccountNotice;
}

type Spoken = Words['notices'];

/** What a notice says: sentences, then perhaps a link that undoes or stops it. */
interface Said {
  readonly subject: string;
  readonly what: readonly string[];
  readonly link: { readonly before: string; readonly href: string } | null;
}

/** Puts into words what happened to an account: when, from where as far as known, and the link for who did not do it. */
export function composeAccountNotice({ to, language, notice }: AccountContent, house: House): Outgoing {
  const words = wordsOf(language).notices;
  const organisation = oneLine(house.name);
  const { subject, what, link } = tell(words, { language, notice }, { ...house, name: organisation });
  const help = house.helpContact;
  const ask = help === null ? words.ask : `${words.askContact} ${shownLink(help)}`;
  const links = link === null ? '' : ` ${link.before} ${link.href}`;
  const parts: MailPart[] = [
    ...what.map((text) => ({ kind: 'paragraph', text }) as const),
    ...(link === null ? [] : [{ kind: 'link', ...link } as const]),
    help === null
      ? { kind: 'paragraph', text: words.ask }
      : { kind: 'link', before: words.askContact, href: help },
  ];
  return addressDraft(to, {
    text: () => `${what.join(' ')}${links || ` ${ask}`}`,
    call: () => `${what.join(' ')} ${words.ask}`,
    mail: () => ({ language, subject, heading: subject, parts }),
    organisation,
    language,
  });
}

function tell(
  words: Spoken,
  { language, notice }: { language: Language; notice: AccountNotice },
  { name: organisation, baseUrl, timeZone }: House,
): Said {
  const say = (at: number) =>
    formatTime({ dateStyle: 'long', timeStyle: 'short' }, { language, at, timeZone });
  const subject = words.subjects[notice.kind]({ organisation });
  const where = 'place' in notice && notice.place !== null ? [words.place(notice.place)] : [];
  const what = [...tellWhat(words, notice, { organisation, say }), ...where];
  if ('stop' in notice)
    return { subject, what, link: { before: words.stop, href: `${baseUrl}/stop?link=${notice.stop}` } };
  if ('cancel' in notice)
    return {
      subject,
      what,
      link: { before: words.cancel, href: `${baseUrl}/stop/change?link=${notice.cancel}` },
    };
  return { subject, what, link: null };
}

function tellWhat(
  words: Spoken,
  notice: AccountNotice,
  { organisation, say }: { organisation: string; say(at: number): string },
): string[] {
  const when = say(notice.at);
  switch (notice.kind) {
    case 'password-reset':
      return notice.reason === 'reset'
        ? [words.passwordReset({ organisation, when })]
        : [words.passwordReset({ organisation, when }), words.byAccessCode];
    case 'account-unlocked':
      return [words.accountUnlocked({ organisation, when })];
    case 'password-changed':
      return [words.passwordChanged({ organisation, when })];
    case 'access-code-issued':
      return [words.accessCodeIssued({ organisation, when, until: say(notice.until) })];
    case 'change-announced':
      return [words.changeAnnounced({ organisation, when, due: say(notice.dueAt) })];
    case 'change-cancelled':
      return [words.changeCancelled({ organisation, when })];
    case 'account-stopped':
      return [words.accountStopped({ organisation, when }), words.stoppedMeans];
  }
}
