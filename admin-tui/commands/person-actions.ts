import { type Words, wordsOf } from '../../src/words/words.ts';
import { type Action, BadUsage, readArgs, type Terminal } from '../command.ts';
import { plain } from '../plain.ts';

/** The words of this part, in the terminal's language. */
export function peopleWords({ language }: Pick<Terminal, 'language'>): Words['people'] {
  return wordsOf(language).people;
}

/** Reads the one name an action takes, ready for a path. */
export function readName(terminal: Terminal, args: string[]) {
  const [name = ''] = readArgs(terminal, args, { options: {}, takes: 1 }).positionals;
  return { userName: encodeURIComponent(name) };
}

/** Asks to register or check again. */
export const demand: Action = async (terminal, args) => {
  const param = readName(terminal, args);
  const answer = await (await terminal.door()).people[':userName'].demand.$post({ param });
  if (answer.ok) terminal.say(peopleWords(terminal).said.demanded(plain((await answer.json()).userName)));
};

/** Lifts what holds somebody up after wrong tries. */
export const unlock: Action = async (terminal, args) => {
  const param = readName(terminal, args);
  const answer = await (await terminal.door()).people[':userName'].unlock.$post({ param });
  if (answer.ok) terminal.say(peopleWords(terminal).said.unlocked(plain((await answer.json()).userName)));
};

/** Lifts the block after “this was not me”. */
export const liftBlock: Action = async (terminal, args) => {
  const param = readName(terminal, args);
  const answer = await (await terminal.door()).people[':userName']['lift-block'].$post({ param });
  if (!answer.ok) return;
  const name = plain((await answer.json()).userName);
  const { said } = peopleWords(terminal);
  terminal.say(said.blockLifted(name));
  terminal.say(said.knownElsewhere(name));
};

function setDisabled(disabled: boolean): Action {
  return async (terminal, args) => {
    const param = readName(terminal, args);
    const answer = await (await terminal.door()).people[':userName'].$patch({ param, json: { disabled } });
    if (!answer.ok) return;
    const { said } = peopleWords(terminal);
    const name = plain((await answer.json()).userName);
    terminal.say(disabled ? said.disabled(name) : said.enabled(name));
  };
}

/** Disables somebody, who is signed out everywhere. */
export const disable = setDisabled(true);
/** Enables somebody again. */
export const enable = setDisabled(false);

const removable = [
  'authentication-phone',
  'authentication-email',
  'office-phone',
  'security-questions',
] as const;
const revealable = ['authentication-phone', 'authentication-email', 'office-phone', 'work-mailbox'] as const;

function readMethod<const M extends string>(terminal: Terminal, args: string[], methods: readonly M[]) {
  const [name = '', typed] = readArgs(terminal, args, { options: {}, takes: 2 }).positionals;
  const method = methods.find((known) => known === typed);
  if (method === undefined) throw new BadUsage(peopleWords(terminal).noSuchMethod(methods.join(', ')));
  return { userName: encodeURIComponent(name), method };
}

/** Takes a method away; the person is told. */
export const removeMethod: Action = async (terminal, args) => {
  const param = readMethod(terminal, args, removable);
  const answer = await (await terminal.door()).people[':userName'].methods[':method'].$delete({ param });
  if (answer.ok)
    terminal.say(peopleWords(terminal).said.methodRemoved(plain((await answer.json()).userName)));
};

/** Shows one number or address in full; it alone goes to the output. */
export const reveal: Action = async (terminal, args) => {
  const { userName, method } = readMethod(terminal, args, revealable);
  const door = await terminal.door();
  const answer = await door.people[':userName'].reveal.$post({ param: { userName }, json: { method } });
  if (!answer.ok) return;
  const { value, extension } = await answer.json();
  terminal.out(plain(extension === null ? value : `${value} ${terminal.words.extension(extension)}`));
};
