import { type Action, BadUsage, readArgs, type Terminal, wantsJson } from '../command.ts';
import { plain, plainJson } from '../plain.ts';
import { tableLines } from '../table.ts';
import { ownWords } from './come-in.ts';

const scopes = ['read', 'people', 'policy', 'status', 'metrics'] as const;
const usualDays = 90;

const list: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const answer = await (await terminal.door())['api-tokens'].$get();
  if (answer.status !== 200) return;
  const { tokens } = await answer.json();
  if (json) return terminal.out(plainJson(tokens));
  const { columns, never, revoked, noTokens } = ownWords(terminal);
  if (tokens.length === 0) return terminal.say(noTokens);
  const head = [columns.id, columns.name, columns.scopes, columns.madeBy, columns.until, columns.lastUsed];
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.scopes.join(' '),
    token.madeBy,
    token.revokedAt === null ? token.expiresAt.slice(0, 10) : revoked,
    token.lastUsedAt?.slice(0, 10) ?? never,
  ]);
  for (const line of tableLines([head, ...rows])) terminal.out(line);
};

function scopeOf({ words }: Terminal, typed: string) {
  const scope = scopes.find((known) => known === typed);
  if (!scope) throw new BadUsage(words.unknownOption('--scope'));
  return scope;
}

/** Makes a token; it alone goes to the output, so that a script can take it. */
const create: Action = async (terminal, args) => {
  const options = { scope: { type: 'string', multiple: true }, days: { type: 'string' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 1 });
  const [name = ''] = positionals;
  const given = (values.scope ?? []).map((scope) => scopeOf(terminal, scope));
  if (given.length === 0) throw new BadUsage(terminal.words.missingArgument);
  const days = values.days === undefined ? usualDays : Number(values.days);
  if (!Number.isInteger(days)) throw new BadUsage(terminal.words.unknownOption('--days'));
  const answer = await (await terminal.door())['api-tokens'].$post({ json: { name, scopes: given, days } });
  if (answer.status !== 201) return;
  const made = await answer.json();
  const until = made.expiresAt.slice(0, 10);
  terminal.say(ownWords(terminal).tokenMade({ name: plain(made.name), until }));
  terminal.out(made.token);
};

const revoke: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 1 });
  const param = { id: encodeURIComponent(positionals[0] ?? '') };
  await (await terminal.door())['api-tokens'][':id'].$delete({ param });
  terminal.say(ownWords(terminal).tokenRevoked);
};

/** What can be done with tokens for scripts. */
export const tokenActions = new Map<string, Action>([
  ['list', list],
  ['create', create],
  ['revoke', revoke],
]);
