import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { type Action, BadUsage, readArgs, type Terminal, wantsJson } from '../command.ts';
import { plainJson } from '../plain.ts';
import { rulesWords } from '../policy-lines.ts';
import { tableLines } from '../table.ts';

type Question = InferResponseType<Door['questions']['$get'], 200>['questions'][number];

async function readQuestions(door: Door): Promise<Question[]> {
  const answer = await door.questions.$get();
  return answer.ok ? (await answer.json()).questions : [];
}

/** A question as it stands now, so that a change can say what it is based on; one not there is left to the door. */
async function lookAt(door: Door, id: string) {
  const question = (await readQuestions(door)).find((one) => one.id === id);
  return { question, basedOn: question?.revision ?? 1, param: { id: encodeURIComponent(id) } };
}

const list: Action = async (terminal, args) => {
  const options = { format: { type: 'string' }, all: { type: 'boolean' } } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const questions = await readQuestions(await terminal.door());
  const shown = questions.filter(({ approved }) => values.all || approved);
  if (json) return terminal.out(plainJson(shown));
  const { columns } = terminal.words;
  const rows = shown.flatMap((question) => rowsOf(terminal, question));
  for (const line of tableLines([[columns.id, '', columns.text], ...rows])) terminal.out(line);
};

function rowsOf({ words }: Terminal, { id, nl, en, approved }: Question): string[][] {
  const texts = [nl === null ? [] : ['nl', nl], en === null ? [] : ['en', en]].filter(
    (text) => text.length > 0,
  );
  const name = approved ? id : `${id} (${words.retired})`;
  return texts.map(([language = '', text = ''], index) => [index === 0 ? name : '', language, text]);
}

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

/** A text that is not given stays as it is, an empty one goes. */
const edit: Action = async (terminal, args) => {
  const options = {
    nl: { type: 'string' },
    en: { type: 'string' },
    correction: { type: 'boolean' },
    'new-meaning': { type: 'boolean' },
  } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 1 });
  const words = rulesWords(terminal);
  const { correction = false, 'new-meaning': newMeaning = false } = values;
  if (correction === newMeaning) throw new BadUsage(words.chooseMeaning);
  if (values.nl === undefined && values.en === undefined) throw new BadUsage(terminal.words.missingArgument);
  const [id = ''] = positionals;
  const door = await terminal.door();
  const { question, basedOn, param } = await lookAt(door, id);
  const textOf = (language: 'nl' | 'en') => (values[language] ?? question?.[language] ?? '') || null;
  const as = correction ? 'correction' : 'new-meaning';
  const json = { basedOn, nl: textOf('nl'), en: textOf('en'), as } as const;
  const answer = await door.questions[':id'].$patch({ param, json });
  if (!answer.ok) return;
  const edited = await answer.json();
  const replaced = edited.id !== id;
  terminal.say(replaced ? words.questionReplaced(edited.id, id) : words.questionCorrected(edited.id));
};

const retire: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 1 });
  const [id = ''] = positionals;
  const door = await terminal.door();
  const { basedOn, param } = await lookAt(door, id);
  const answer = await door.questions[':id'].retire.$post({ param, json: { basedOn } });
  if (answer.ok) terminal.say(terminal.words.questionRetired((await answer.json()).id));
};

const approve: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 1 });
  const [id = ''] = positionals;
  const door = await terminal.door();
  const { basedOn, param } = await lookAt(door, id);
  const answer = await door.questions[':id'].approve.$post({ param, json: { basedOn } });
  if (answer.ok) terminal.say(rulesWords(terminal).questionApproved((await answer.json()).id));
};

const move: Action = async (terminal, args) => {
  const options = { before: { type: 'string' }, last: { type: 'boolean' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 1 });
  const { before = null, last = false } = values;
  if ((before === null) !== last) throw new BadUsage(rulesWords(terminal).choosePlace);
  const [id = ''] = positionals;
  const door = await terminal.door();
  const { basedOn, param } = await lookAt(door, id);
  const answer = await door.questions[':id'].move.$post({ param, json: { basedOn, before } });
  if (answer.ok) terminal.say(rulesWords(terminal).questionMoved(id));
};

/** What can be done with the security questions. */
export const questionActions = new Map<string, Action>([
  ['list', list],
  ['add', add],
  ['edit', edit],
  ['move', move],
  ['retire', retire],
  ['approve', approve],
]);
