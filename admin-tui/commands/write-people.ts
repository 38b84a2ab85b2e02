import { type Language, languages } from '../../src/words/languages.ts';
import { type Action, BadUsage, readArgs, type Terminal } from '../command.ts';
import { plain } from '../plain.ts';

const about = {
  name: { type: 'string' },
  mailbox: { type: 'string' },
  'office-phone': { type: 'string' },
  language: { type: 'string' },
  group: { type: 'string', multiple: true },
} as const;

const changes = {
  ...about,
  'no-groups': { type: 'boolean' },
  disable: { type: 'boolean' },
  enable: { type: 'boolean' },
  'based-on': { type: 'string' },
} as const;

const filling = {
  phone: { type: 'string' },
  channel: { type: 'string' },
  email: { type: 'string' },
  'consent-by': { type: 'string' },
  'consent-at': { type: 'string' },
  'consent-how': { type: 'string' },
} as const;

interface About {
  name?: string | undefined;
  mailbox?: string | undefined;
  'office-phone'?: string | undefined;
  language?: string | undefined;
  group?: string[] | undefined;
}

/** Adds a person; the one-time password alone goes to the output, so that a script can take it. */
export const addPerson: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, { options: about, takes: 1 });
  const [userName = ''] = positionals;
  const displayName = values.name;
  if (displayName === undefined) throw new BadUsage(terminal.words.missingArgument);
  const json = { ...fieldsOf(terminal, values), userName, displayName };
  const answer = await (await terminal.door()).people.$post({ json });
  if (!answer.ok) return;
  const added = await answer.json();
  terminal.say(terminal.words.personAdded(plain(added.userName)));
  terminal.out(added.firstPassword);
};

/** Changes what the options name; an empty value clears. */
export const setPerson: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, { options: changes, takes: 1 });
  const { 'no-groups': noGroups, enable, disable } = values;
  if ((enable && disable) || (noGroups && values.group)) throw new BadUsage(terminal.words.missingArgument);
  const json = {
    ...fieldsOf(terminal, values),
    ...(noGroups ? { groups: [] } : {}),
    ...(enable || disable ? { disabled: disable === true } : {}),
  };
  if (Object.keys(json).length === 0) throw new BadUsage(terminal.words.missingArgument);
  const based = readRevision(terminal, values['based-on']);
  const [name = ''] = positionals;
  const param = { userName: encodeURIComponent(name) };
  const answer = await (await terminal.door()).people[':userName'].$patch({
    param,
    json: { ...json, ...based },
  });
  if (answer.ok) terminal.say(terminal.words.personChanged(plain((await answer.json()).userName)));
};

/** Fills in a phone or an address with the person's consent. */
export const fillIn: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, { options: filling, takes: 1 });
  const { 'consent-by': givenBy, 'consent-at': givenAt, 'consent-how': how } = values;
  if (givenBy === undefined || givenAt === undefined || how === undefined)
    throw new BadUsage(terminal.words.missingArgument);
  const json = { ...methodOf(terminal, values), consent: { givenBy, givenAt, how } };
  const [name = ''] = positionals;
  const param = { userName: encodeURIComponent(name) };
  const answer = await (await terminal.door()).people[':userName']['filled-in'].$post({ param, json });
  if (answer.ok) terminal.say(terminal.words.filledIn(plain((await answer.json()).userName)));
};

function readRevision({ words }: Terminal, typed: string | undefined): { basedOn?: number } {
  if (typed === undefined) return {};
  if (!/^\d{1,9}$/.test(typed)) throw new BadUsage(words.unknownOption('--based-on'));
  return { basedOn: Number(typed) };
}

/** An empty text clears what can be cleared. */
function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function fieldsOf({ words }: Terminal, values: About) {
  const { name, mailbox, language, group } = values;
  const office = values['office-phone'];
  return {
    ...(name === undefined ? {} : { displayName: name }),
    ...(mailbox === undefined ? {} : { workMailbox: orNull(mailbox) }),
    ...(office === undefined ? {} : { officePhone: orNull(office) }),
    ...(language === undefined ? {} : { language: languageOf(words, language) }),
    ...(group === undefined ? {} : { groups: group }),
  };
}

function languageOf(words: Terminal['words'], typed: string): Language | null {
  const language = languages.find((known) => known === typed);
  if (language === undefined && typed !== '') throw new BadUsage(words.unknownOption('--language'));
  return language ?? null;
}

function methodOf({ words }: Terminal, values: { phone?: string; channel?: string; email?: string }) {
  const { phone, channel, email } = values;
  if ((phone === undefined) === (email === undefined)) throw new BadUsage(words.missingArgument);
  if (email !== undefined) return { method: 'authentication-email', address: email } as const;
  if (channel !== 'text' && channel !== 'call') throw new BadUsage(words.unknownOption('--channel'));
  return { method: 'authentication-phone', number: phone ?? '', channel } as const;
}
