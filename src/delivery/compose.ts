import type { Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { type Words, wordsOf } from '../words/words.ts';
import { isAccountNotice } from './account-notices.ts';
import { composeAccountNotice } from './compose-account.ts';
import { composeReminder } from './compose-reminder.ts';
import type { Destination, MethodNotice, NoticeContent } from './content.ts';
import type { Outgoing } from './delivery.ts';
import { addressDraft, formatTime, type House } from './draft.ts';
import { oneLine } from './line.ts';
import { type MailPart, shownLink } from './mail.ts';

interface CodeFacts {
  readonly to: Destination;
  readonly language: Language;
  /** Six digits. */
  readonly code: string;
  readonly expiresAt: Time;
}

type Spoken = Words['messages'];

/** Puts a code into words: grouped to read, digit by digit and twice to hear, never in a subject, never with a link. */
export function composeCode({ to, language, code, expiresAt }: CodeFacts, house: House): Outgoing {
  const words = wordsOf(language).messages.code;
  const organisation = oneLine(house.name);
  const until = formatTime({ timeStyle: 'short' }, { language, at: expiresAt, timeZone: house.timeZone });
  const grouped = `${code.slice(0, 3)} ${code.slice(3)}`;
  const parts: MailPart[] = [
    { kind: 'paragraph', text: words.intro({ organisation }) },
    { kind: 'code', text: grouped },
    { kind: 'paragraph', text: words.valid({ until }) },
    { kind: 'paragraph', text: words.keep },
  ];
  return addressDraft(to, {
    text: () => words.text({ code: grouped, organisation, until }),
    call: () => words.call({ digits: spellDigits(code), organisation }),
    mail: () => ({ language, subject: words.subject({ organisation }), heading: words.heading, parts }),
    organisation,
    language,
  });
}

/** Puts a notice into words: what happened, when, and what to do if it was somebody else. */
export function composeNotice(content: NoticeContent, house: House): Outgoing {
  const { to, language, notice } = content;
  if (notice.kind === 'reminder') return composeReminder({ to, language, notice }, house);
  if (isAccountNotice(notice)) return composeAccountNotice({ to, language, notice }, house);
  const words = wordsOf(language).messages;
  const organisation = oneLine(house.name);
  const style = { dateStyle: 'long', timeStyle: 'short' } as const;
  const when = formatTime(style, { language, at: notice.at, timeZone: house.timeZone });
  const what = tellNotice(words, notice, { organisation, when });
  const help = house.helpContact;
  const notYours = help === null ? words.notYours : `${words.notYoursContact} ${shownLink(help)}`;
  const parts: MailPart[] = [
    { kind: 'paragraph', text: what },
    { kind: 'paragraph', text: words.yours },
    help === null
      ? { kind: 'paragraph', text: words.notYours }
      : { kind: 'link', before: words.notYoursContact, href: help },
    { kind: 'link', before: words.lookHere, href: `${house.baseUrl}/register` },
  ];
  return addressDraft(to, {
    text: () => `${what} ${words.yours} ${notYours}`,
    call: () => `${what} ${words.yours} ${words.notYours}`,
    mail: () => ({
      language,
      subject: words.noticeSubject({ organisation }),
      heading: words.noticeHeading,
      parts,
    }),
    organisation,
    language,
  });
}

function tellNotice(
  words: Spoken,
  notice: MethodNotice,
  facts: { organisation: string; when: string },
): string {
  if (notice.kind === 'questions-changed') return words.questionsChanged(facts);
  const method = words.methods[notice.method];
  switch (notice.kind) {
    case 'method-added':
      return words.methodAdded({ ...facts, method });
    case 'method-changed':
      return words.methodChanged({ ...facts, method });
    case 'method-removed':
      return words.methodRemoved({ ...facts, method });
  }
}

/** A comma is a short pause to who reads aloud, an ellipsis a longer one. */
function spellDigits(code: string): string {
  return [code.slice(0, 3), code.slice(3)].map((group) => [...group].join(', ')).join(', … ');
}
