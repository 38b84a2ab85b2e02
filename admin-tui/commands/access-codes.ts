import type { Door } from '../api.ts';
import { type Action, BadUsage, readArgs, type Terminal, wantsJson } from '../command.ts';
import { plain, plainJson } from '../plain.ts';
import { tableLines } from '../table.ts';
import { timeOf } from '../times.ts';
import { peopleWords, readName } from './person-actions.ts';

/** Asks for a code; says who has to do what next. */
const request: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, {
    options: { reason: { type: 'string' } },
    takes: 1,
  });
  const { reason } = values;
  if (reason === undefined) throw new BadUsage(terminal.words.missingArgument);
  const [name = ''] = positionals;
  const param = { userName: encodeURIComponent(name) };
  const door = await terminal.door();
  const answer = await door.people[':userName']['access-codes'].$post({ param, json: { reason } });
  if (!answer.ok) return;
  const { said } = peopleWords(terminal);
  terminal.say(said.requested(plain(name)));
  terminal.say((await answer.json()).state === 'waiting' ? said.approveNext : said.collectNext);
};

/** The open code of the person named, by which the door knows it. */
async function findOpen(terminal: Terminal, door: Door, args: string[]) {
  const param = readName(terminal, args);
  const answer = await door.people[':userName'].$get({ param });
  if (!answer.ok) return undefined;
  const { userName, accessCode } = await answer.json();
  // The door says in words that there is none.
  return { userName: plain(userName), id: accessCode?.id ?? 'none' };
}

const approve: Action = async (terminal, args) => {
  const door = await terminal.door();
  const open = await findOpen(terminal, door, args);
  if (!open) return;
  const answer = await door['access-codes'][':id'].approve.$post({ param: { id: open.id } });
  if (answer.ok) terminal.say(peopleWords(terminal).said.approved(plain((await answer.json()).requestedBy)));
};

/** Shows the code once; it alone goes to the output. */
const collect: Action = async (terminal, args) => {
  const door = await terminal.door();
  const open = await findOpen(terminal, door, args);
  if (!open) return;
  const answer = await door['access-codes'][':id'].collect.$post({ param: { id: open.id } });
  if (!answer.ok) return;
  const { code, expiresAt } = await answer.json();
  terminal.say(peopleWords(terminal).said.collected(open.userName, timeOf(expiresAt)));
  terminal.out(code);
};

const cancel: Action = async (terminal, args) => {
  const door = await terminal.door();
  const open = await findOpen(terminal, door, args);
  if (!open) return;
  const answer = await door['access-codes'][':id'].$delete({ param: { id: open.id } });
  if (answer.ok) terminal.say(peopleWords(terminal).said.cancelled(open.userName));
};

const list: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const answer = await (await terminal.door())['access-codes'].$get();
  if (!answer.ok) return;
  const { accessCodes } = await answer.json();
  if (json) return terminal.out(plainJson(accessCodes));
  const { columns, accessCodeStates, noAccessCodes } = peopleWords(terminal);
  if (accessCodes.length === 0) return terminal.say(noAccessCodes);
  const { userName, state } = terminal.words.columns;
  const head = [userName, state, columns.by, columns.until, columns.reason];
  const rows = accessCodes.map((code) => [
    code.userName,
    accessCodeStates[code.state],
    code.requestedBy,
    timeOf(code.expiresAt),
    code.reason,
  ]);
  for (const line of tableLines([head, ...rows])) terminal.out(line);
};

const steps = new Map<string, Action>([
  ['request', request],
  ['approve', approve],
  ['collect', collect],
  ['cancel', cancel],
  ['list', list],
]);

/** One-time access codes: the first word says which step. */
export const accessCode: Action = async (terminal, args) => {
  const [verb = '', ...rest] = args;
  const step = steps.get(verb);
  if (!step) throw new BadUsage(terminal.words.unknownCommand(plain(`people access-code ${verb}`.trim())));
  await step(terminal, rest);
};
