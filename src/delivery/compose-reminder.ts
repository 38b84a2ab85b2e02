import type { Language } from '../words/languages.ts';
import { wordsOf } from '../words/words.ts';
import type { Destination } from './content.ts';
import type { Outgoing } from './delivery.ts';
import { addressDraft, formatTime, type House } from './draft.ts';
import { oneLine } from './line.ts';
import type { MailPart } from './mail.ts';
import type { ReminderNotice } from './reminder-notice.ts';

interface ReminderContent {
  readonly to: Destination;
  readonly language: Language;
  readonly notice: ReminderNotice;
}

/** Puts a reminder into words: why it comes, by when, how it is done and where, and whom to ask. */
export function composeReminder({ to, language, notice }: ReminderContent, house: House): Outgoing {
  const words = wordsOf(language).reminders.mail;
  const organisation = oneLine(house.name);
  const style = { dateStyle: 'long' } as const;
  const day = formatTime(style, { language, at: notice.at, timeZone: house.timeZone });
  const subject = words.subjects[notice.reason]({ organisation });
  const why = words.why[notice.reason]({ organisation });
  const when = words.when[notice.reason][notice.passed ? 'passed' : 'coming']({ day });
  const href = `${house.baseUrl}/register`;
  const help = house.helpContact;
  const parts: MailPart[] = [
    { kind: 'paragraph', text: `${why} ${when}` },
    { kind: 'paragraph', text: words.how },
    { kind: 'link', before: words.where, href },
    { kind: 'paragraph', text: words.trust },
    help === null
      ? { kind: 'paragraph', text: words.ask }
      : { kind: 'link', before: words.askContact, href: help },
  ];
  return addressDraft(to, {
    text: () => `${why} ${when} ${words.where} ${href}`,
    call: () => `${why} ${when}`,
    mail: () => ({ language, subject, heading: subject, parts }),
    organisation,
    language,
  });
}
