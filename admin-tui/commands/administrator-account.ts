import { type Action, BadUsage, readArgs, type Terminal } from '../command.ts';
import { plain } from '../plain.ts';
import { asking, ownWords } from './come-in.ts';

function readMail(terminal: Terminal, args: string[]) {
  const options = { mail: { type: 'string' }, 'no-mail': { type: 'boolean' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 'any' });
  const [name, ...more] = positionals;
  const none = values['no-mail'] === true;
  if (more.length > 0 || (values.mail === undefined) !== none)
    throw new BadUsage(terminal.words.missingArgument);
  return { name, mail: none ? null : (values.mail ?? null) };
}

/** Changes the own mail address, for which the password is asked, or that of somebody else. */
export const changeMail: Action = async (terminal, args) => {
  const { name, mail } = readMail(terminal, args);
  const words = ownWords(terminal);
  const door = await terminal.door();
  if (name === undefined) {
    const password = await asking((asker) => asker.askSecret(words.askOldPassword));
    await door.me.mail.$put({ json: { password, mail } });
  } else {
    const param = { name: encodeURIComponent(name) };
    await door.administrators[':name'].mail.$put({ param, json: { mail } });
  }
  terminal.say(words.mailChanged({ name: plain(name ?? '') }));
};

/** Takes a one-time token of the server's machine and a new password. */
export const recover: Action = async (terminal, args) => {
  readArgs(terminal, args, { options: {}, takes: 0 });
  const words = ownWords(terminal);
  const door = await terminal.door();
  const answer = await asking(async (asker) => {
    const token = (await asker.askSecret(words.askToken)).trim();
    const password = await asker.askSecret(words.askNewPassword);
    return door.recoveries.$post({ json: { token, password } });
  });
  if (answer.status !== 200) return;
  terminal.say(words.recovered({ name: plain((await answer.json()).name) }));
};
