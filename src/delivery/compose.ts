import type { Time } from '../store/schema.ts';
import { type Language, type Words, wordsOf } from '../words/words.ts';
import type { Destination, Notice, NoticeContent } from './content.ts';
import type { Outgoing } from './delivery.ts';
import { oneLine } from './line.ts';
import { type MailDraft, type MailPart, renderMail, shownLink } from './mail.ts';

/** What messages say of the house that sends them; `helpContact` is an https or mailto URL. */
export interface House {
  readonly name: string;
  readonly helpContact: string | null;
  readonly baseUrl: string;
  readonly timeZone: string | undefined;
}

interface CodeFacts {
  readonly to: Destination;
  readonly language: Language;
  /** Six digits. */
  readonly code: string;
  readonly expiresAt: Time;
}

type Spoken = Words['messages'];

const locales = { nl: 'nl-NL', en: 'en-GB' } satisfies Record<Language, string>;

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
  return address(to, {
    text: () => words.text({ code: grouped, organisation, until }),
    call: () => words.call({ digits: spellDigits(code), organisation }),
    mail: () => ({ language, subject: words.subject({ organisation }), heading: words.heading, parts }),
    organisation,
    language,
  });
}

/** Puts a notice into words: what happened, when, and what to do if it was somebody else. */
export function composeNotice({ to, language, notice }: NoticeContent, house: House): Outgoing {
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
  return address(to, {
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

interface Draft {
  text(): string;
  call(): string;
  mail(): MailDraft;
  readonly organisation: string;
  readonly language: Language;
}

function address(to: Destination, draft: Draft): Outgoing {
  const { channel, address } = to;
  switch (channel) {
    case 'text':
      return { channel, to: address, body: draft.text() };
    case 'call':
      return {
        channel,
        to: address,
        extension: to.extension ?? null,
        language: draft.language,
        body: draft.call(),
      };
    case 'mail':
      return {
        channel,
        to: address,
        toName: to.name ?? null,
        fromName: draft.organisation,
        ...renderMail(draft.mail()),
      };
  }
}

function tellNotice(words: Spoken, notice: Notice, facts: { organisation: string; when: string }): string {
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

function formatTime(
  style: Intl.DateTimeFormatOptions,
  { language, at, timeZone }: { language: Language; at: Time; timeZone: string | undefined },
): string {
  return new Intl.DateTimeFormat(locales[language], { ...style, timeZone }).format(at);
}
