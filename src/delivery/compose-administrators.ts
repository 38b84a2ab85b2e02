import type { Time } from '../store/schema.ts';
import { wordsOf } from '../words/words.ts';
import type { Outgoing } from './delivery.ts';
import { formatTime, type House } from './draft.ts';
import { oneLine } from './line.ts';
import { type MailDraft, renderMail } from './mail.ts';
import type { AdministratorMail } from './told.ts';

type Mail<K extends AdministratorMail['kind']> = Extract<AdministratorMail, { kind: K }>;

/** Puts into words what administrators are told: what happened, when, and what they can do. */
export function composeTold(mail: Mail<'administrators-told'>, house: House): Outgoing {
  const { language, told, at } = mail;
  const words = wordsOf(language).administrators.mails;
  const organisation = oneLine(house.name);
  const style = { dateStyle: 'long', timeStyle: 'short' } as const;
  const when = formatTime(style, { language, at, timeZone: house.timeZone });
  const { subject, todo } = words.told[told.event];
  const parts = [sayWhat(words.told, told, { organisation, when }), todo].map(
    (text) => ({ kind: 'paragraph', text }) as const,
  );
  return mailTo(mail, organisation, {
    language,
    subject: subject({ organisation }),
    heading: words.heading,
    parts,
  });
}

/** Puts the code of an administrator's sign-in into words: grouped to read, never in the subject, never with a link. */
export function composeGateCode(
  mail: Mail<'administrator-code'>,
  { code, expiresAt }: { code: string; expiresAt: Time },
  house: House,
): Outgoing {
  const { language } = mail;
  const words = wordsOf(language).administrators.mails.code;
  const organisation = oneLine(house.name);
  const until = formatTime({ timeStyle: 'short' }, { language, at: expiresAt, timeZone: house.timeZone });
  const draft = {
    language,
    subject: words.subject({ organisation }),
    heading: words.heading,
    parts: [
      { kind: 'paragraph', text: words.intro({ organisation }) },
      { kind: 'code', text: `${code.slice(0, 3)} ${code.slice(3)}` },
      { kind: 'paragraph', text: words.valid({ until }) },
      { kind: 'paragraph', text: words.keep },
    ],
  } as const;
  return mailTo(mail, organisation, draft);
}

type Spoken = ReturnType<typeof wordsOf>['administrators']['mails']['told'];

function sayWhat(
  words: Spoken,
  told: Mail<'administrators-told'>['told'],
  facts: { organisation: string; when: string },
): string {
  switch (told.event) {
    case 'privileged-person-reset':
    case 'reset-disowned':
      return words[told.event].what({ ...facts, name: told.userName });
    case 'budget-nearly-spent':
    case 'guessing-noticed':
    case 'spray-noticed':
      return words[told.event].what(facts);
    case 'directory-losses':
      return words[told.event].what({ ...facts, missing: told.missing, of: told.of });
    default:
      return words[told.event].what({ ...facts, name: told.name });
  }
}

function mailTo({ to }: AdministratorMail, fromName: string, draft: MailDraft): Outgoing {
  return { channel: 'mail', to: to.address, toName: to.name, fromName, ...renderMail(draft) };
}
