import { languages } from '../../src/words/languages.ts';
import { acceptInvitation } from '../api.ts';
import { type Action, BadUsage, readArgs, wantsJson } from '../command.ts';
import { forgetToken } from '../kept-token.ts';
import { plain, plainJson } from '../plain.ts';
import { tableLines } from '../table.ts';
import { changeMail, recover } from './administrator-account.ts';
import { asking, ownWords } from './come-in.ts';

const list: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const answer = await (await terminal.door()).administrators.$get();
  if (answer.status !== 200) return;
  const known = await answer.json();
  if (json) return terminal.out(plainJson(known));
  const { columns, roles, never } = ownWords(terminal);
  const rows = known.administrators.map(({ name, displayName, role, lastSignInAt }) => [
    name,
    displayName,
    roles[role],
    lastSignInAt?.slice(0, 10) ?? never,
  ]);
  const invited = known.invitations.map(({ id, name, displayName, role }) => [
    name,
    displayName,
    roles[role],
    `${columns.invitation} (${id})`,
  ]);
  const head = [columns.name, columns.displayName, columns.role, columns.lastSignIn];
  for (const line of tableLines([head, ...rows, ...invited])) terminal.out(line);
};

/** Invites; the one-time token alone goes to the output, so that a script can take it. */
const invite: Action = async (terminal, args) => {
  const options = {
    'display-name': { type: 'string' },
    role: { type: 'string' },
    mail: { type: 'string' },
    language: { type: 'string' },
  } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 1 });
  const displayName = values['display-name'];
  if (displayName === undefined) throw new BadUsage(terminal.words.missingArgument);
  const { role = 'administrator', mail } = values;
  if (role !== 'administrator' && role !== 'helpdesk')
    throw new BadUsage(terminal.words.unknownOption('--role'));
  const language = languages.find((known) => known === values.language) ?? null;
  if (values.language && !language) throw new BadUsage(terminal.words.unknownOption('--language'));
  const [name = ''] = positionals;
  const json = { name, displayName, role, language, ...(mail ? { mail } : {}) } as const;
  const answer = await (await terminal.door()).administrators.invitations.$post({ json });
  if (answer.status !== 201) return;
  const made = await answer.json();
  const until = made.expiresAt.slice(0, 16).replace('T', ' ');
  terminal.say(ownWords(terminal).invited({ name: plain(made.name), until: `${until} UTC` }));
  terminal.out(made.token);
};

const accept: Action = async (terminal, args) => {
  readArgs(terminal, args, { options: {}, takes: 0 });
  const words = ownWords(terminal);
  const door = await terminal.door();
  const made = await asking(async (asker) => {
    const token = (await asker.askSecret(words.askToken)).trim();
    return acceptInvitation(door, { token, password: await asker.askSecret(words.askNewPassword) });
  });
  terminal.say(words.accepted({ name: plain(made.name) }));
};

const withdraw: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 1 });
  const param = { id: encodeURIComponent(positionals[0] ?? '') };
  await (await terminal.door()).administrators.invitations[':id'].$delete({ param });
  terminal.say(ownWords(terminal).withdrawn);
};

const remove: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 1 });
  const param = { name: encodeURIComponent(positionals[0] ?? '') };
  const answer = await (await terminal.door()).administrators[':name'].$delete({ param });
  if (answer.status !== 200) return;
  const { name, tokens } = await answer.json();
  terminal.say(ownWords(terminal).removed({ name: plain(name), tokens }));
};

const changePassword: Action = async (terminal, args) => {
  readArgs(terminal, args, { options: {}, takes: 0 });
  const words = ownWords(terminal);
  const door = await terminal.door();
  await asking(async (asker) => {
    const password = await asker.askSecret(words.askOldPassword);
    const newPassword = await asker.askSecret(words.askNewPassword);
    await door.me.password.$put({ json: { password, newPassword } });
  });
  await forgetToken(await terminal.sessionFile());
  terminal.say(words.passwordChanged);
};

/** What can be done with administrators and helpdesk. */
export const administratorActions = new Map<string, Action>([
  ['list', list],
  ['invite', invite],
  ['accept', accept],
  ['withdraw', withdraw],
  ['remove', remove],
  ['password', changePassword],
  ['mail', changeMail],
  ['recover', recover],
]);
