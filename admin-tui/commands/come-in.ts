import { wordsOf } from '../../src/words/words.ts';
import { answerGate, makeFirstAdministrator, signIn, signOut } from '../api.ts';
import { type Asker, makeAsker } from '../ask-line.ts';
import { type Action, readArgs, type Terminal } from '../command.ts';
import { forgetToken, keepToken } from '../kept-token.ts';
import { plain } from '../plain.ts';

/** The words of these commands. */
export function ownWords({ language }: Pick<Terminal, 'language'>) {
  return wordsOf(language).administrators.terminal;
}

/** Does something for which lines are asked, and lets go of the terminal whatever comes of it. */
export async function asking<T>(work: (asker: Asker) => Promise<T>): Promise<T> {
  const asker = makeAsker(process.stdin, process.stderr);
  try {
    return await work(asker);
  } finally {
    asker.close();
  }
}

const comeIn: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { name: { type: 'string' } }, takes: 0 });
  const words = ownWords(terminal);
  const door = await terminal.door();
  const session = await asking(async (asker) => {
    const name = values.name ?? (await asker.ask(words.askName));
    const tried = await signIn(door, { name, password: await asker.askSecret(words.askPassword) });
    if (tried.result === 'signed-in') return tried;
    const code = await asker.ask(words.askCode({ to: plain(tried.sentTo) }));
    return answerGate(door, { gate: tried.gate, code });
  });
  await keepToken(await terminal.sessionFile(), session.token);
  terminal.say(words.signedIn({ name: plain(session.administrator.name) }));
};

const goOut: Action = async (terminal, args) => {
  readArgs(terminal, args, { options: {}, takes: 0 });
  try {
    await signOut(await terminal.door());
  } finally {
    await forgetToken(await terminal.sessionFile());
  }
  terminal.say(ownWords(terminal).signedOut);
};

const makeFirst: Action = async (terminal, args) => {
  const options = {
    name: { type: 'string' },
    'display-name': { type: 'string' },
    mail: { type: 'string' },
  } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const words = ownWords(terminal);
  const door = await terminal.door();
  const interactive = process.stdin.isTTY;
  const made = await asking(async (asker) => {
    const token = (await asker.askSecret(words.askToken)).trim();
    const name = values.name ?? (await asker.ask(words.askName));
    const displayName =
      values['display-name'] ?? (interactive ? await asker.ask(words.askDisplayName) : name);
    const mail = values.mail ?? (interactive ? await asker.ask(words.askMail) : '');
    const password = await asker.askSecret(words.askNewPassword);
    const about = { name, displayName, mail: mail.trim() || null, language: terminal.language };
    return makeFirstAdministrator(door, { ...about, token, password });
  });
  terminal.say(words.madeFirst({ name: plain(made.name) }));
};

/** Coming in and going out: commands that do one thing. */
export const comingIn = { 'sign-in': comeIn, 'sign-out': goOut, 'first-administrator': makeFirst };
