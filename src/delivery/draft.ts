import type { Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import type { Destination } from './content.ts';
import type { Outgoing } from './delivery.ts';
import { type MailDraft, renderMail } from './mail.ts';

/** What messages say of the house that sends them; `helpContact` is an https or mailto URL. */
export interface House {
  readonly name: string;
  readonly helpContact: string | null;
  readonly baseUrl: string;
  readonly timeZone: string | undefined;
}

/** A message in the words of each channel; only those of the channel it goes by are made. */
export interface Draft {
  text(): string;
  call(): string;
  mail(): MailDraft;
  readonly organisation: string;
  readonly language: Language;
}

const locales = { nl: 'nl-NL', en: 'en-GB' } satisfies Record<Language, string>;

/** Makes the message that goes to a destination out of its draft. */
export function addressDraft(to: Destination, draft: Draft): Outgoing {
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

/** Says a moment in a language; `timeZone` is that of the process when undefined. */
export function formatTime(
  style: Intl.DateTimeFormatOptions,
  { language, at, timeZone }: { language: Language; at: Time; timeZone: string | undefined },
): string {
  return new Intl.DateTimeFormat(locales[language], { ...style, timeZone }).format(at);
}
