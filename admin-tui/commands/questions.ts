import { type Action, BadUsage, readArgs, wantsJson } from '../command.ts';
import { plainJson } from '../plain.ts';
import { tableLines } from '../table.ts';

const list: Action = async (terminal, args) => {
  const options = { format: { type: 'string' }, all: { type: 'boolean' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const answer = await (await terminal.door()).questions.$get();
  if (!answer.ok) return;
  const { questions } = await answer.json();
  const shown = questions.filter(({ retiredAt }) => values.all || retiredAt === null);
  if (json) return terminal.out(plainJson(shown));
  const { columns, retired } = terminal.words;
  const rows = shown.flatMap(({ id, nl, en, retiredAt }) => {
    const texts = [nl === null ? [] : ['nl', nl], en === null ? [] : ['en', en]].filter(
      (text) => text.length > 0,
    );
    const name = retiredAt === null ? id : `${id} (${retired})`;
    return texts.map(([language = '', text = ''], index) => [index === 0 ? name : '', language, text]);
  });
  for (const line of tableLines([[columns.id, '', columns.text], ...rows])) terminal.out(line);
};

const add: Action = async (terminal, args) => {
  const options = { nl: { type: 'string' }, en: { type: 'string' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const { nl, en } = values;
  if (nl === undefined && en === undefined) throw new BadUsage(terminal.words.missingArgument);
  const json = { ...(nl === undefined ? {} : { nl }), ...(en === undefined ? {} : { en }) };
  const answer = await (await terminal.door()).questions.$post({ json });
  if (!answer.ok) return;
  const { id } = await answer.json();
  terminal.say(terminal.words.questionAdded(id));
};

const retire: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 1 });
  const [id = ''] = positionals;
  const param = { id: encodeURIComponent(id) };
  const answer = await (await terminal.door()).questions[':id'].retire.$post({ param });
  if (answer.ok) terminal.say(terminal.words.questionRetired((await answer.json()).id));
};

/** What can be done with the security questions. */
export const questionActions = new Map<string, Action>([
  ['list', list],
  ['add', add],
  ['retire', retire],
]);
