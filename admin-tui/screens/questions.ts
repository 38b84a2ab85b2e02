import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { Do, FormScreen, ListScreen, Next, Row, ScreenKey, Tools, Values } from '../stage/screen.ts';

type Listed = InferResponseType<Door['questions']['$get'], 200>['questions'];
type Question = Listed[number];

/** The security questions in their order: which are approved, and the custom ones to add, edit and retire. */
export function questionsScreen({ words }: Tools): ListScreen {
  const { questions } = words;
  return {
    kind: 'list',
    title: questions.title,
    filters: [
      {
        name: 'shown',
        legend: questions.filterKey,
        label: questions.filter,
        choices: [
          { value: 'all', label: questions.all },
          { value: 'approved', label: questions.onlyApproved },
        ],
      },
    ],
    page: async (tools, { filters }) => {
      const { questions: all } = await bodyOf(tools.door().questions.$get());
      const shown = all.filter(({ approved }) => filters.shown !== 'approved' || approved);
      const may = tools.session.me?.role === 'administrator';
      const count = all.filter(({ approved }) => approved).length;
      return {
        intro: [questions.intro(count)],
        head: questions.head,
        rows: shown.map((question) => questionRow(tools, question, may ? shown : undefined)),
        keys: may ? [{ legend: questions.addKey, do: open(addForm) }] : [],
      };
    },
  };
}

function open(form: (tools: Tools) => FormScreen): Do {
  return async (tools) => ({ next: 'go', screen: form(tools) });
}

function questionRow(tools: Tools, question: Question, shown: Listed | undefined): Row {
  const { questions } = tools.words;
  const text = question[tools.session.language] ?? question.nl ?? question.en ?? '';
  const kind = question.predefined ? questions.predefined : questions.custom;
  const state = question.approved ? questions.approved : questions.retired;
  return {
    id: question.id,
    cells: [state, text, question.predefined ? '' : kind],
    spoken: `${text} ${state}, ${kind}`,
    keys: shown ? questionKeys(tools, question, shown) : [],
    ...(shown && !question.predefined && question.approved
      ? { open: open((inside) => editForm(inside, question)) }
      : {}),
  };
}

function questionKeys(tools: Tools, question: Question, shown: Listed): ScreenKey[] {
  const { questions } = tools.words;
  const at = shown.findIndex(({ id }) => id === question.id);
  const before = shown[at - 1]?.id;
  const behind = shown[at + 2]?.id ?? null;
  return [
    { legend: question.approved ? questions.retireKey : questions.approveKey, do: turn(question) },
    ...(before === undefined ? [] : [{ legend: questions.upKey, do: move(question, before) }]),
    ...(at === shown.length - 1 ? [] : [{ legend: questions.downKey, do: move(question, behind) }]),
  ];
}

function turn({ id, approved, revision: basedOn }: Question): Do {
  return async (tools) => {
    const door = tools.door().questions[':id'];
    const asked = { param: { id: encodeURIComponent(id) }, json: { basedOn } };
    await bodyOf(approved ? door.retire.$post(asked) : door.approve.$post(asked));
    const { questions } = tools.words;
    return { next: 'stay', said: approved ? questions.nowRetired : questions.nowApproved };
  };
}

function move({ id, revision: basedOn }: Question, before: string | null): Do {
  return async (tools) => {
    const param = { id: encodeURIComponent(id) };
    await bodyOf(tools.door().questions[':id'].move.$post({ param, json: { basedOn, before } }));
    return { next: 'stay', said: tools.words.questions.moved };
  };
}

function textFields({ questions }: Tools['words'], question?: Question) {
  return [
    { name: 'nl', label: questions.nl, hint: questions.textHint, value: question?.nl ?? '', input: 'text' },
    { name: 'en', label: questions.en, hint: questions.textHint, value: question?.en ?? '', input: 'text' },
  ] as const;
}

function addForm({ words }: Tools): FormScreen {
  const { questions } = words;
  return {
    kind: 'form',
    title: questions.addTitle,
    intro: [questions.addIntro],
    typing: 'at once',
    fields: textFields(words),
    submit: { legend: questions.add, do: addQuestion },
  };
}

async function addQuestion({ nl = '', en = '' }: Values, tools: Tools): Promise<Next> {
  const json = { ...(nl.trim() === '' ? {} : { nl }), ...(en.trim() === '' ? {} : { en }) };
  await bodyOf(tools.door().questions.$post({ json }));
  return { next: 'back', said: tools.words.questions.added };
}

/** A changed meaning makes a new question, since the answers that people gave would no longer fit. */
function editForm({ words }: Tools, question: Question): FormScreen {
  const { questions } = words;
  const meanings = [
    { value: 'correction', label: questions.correction },
    { value: 'new-meaning', label: questions.newMeaning },
  ];
  return {
    kind: 'form',
    title: questions.editTitle,
    intro: [questions.editIntro],
    typing: 'at once',
    fields: [
      ...textFields(words, question),
      { name: 'as', label: questions.as, value: 'correction', input: meanings },
    ],
    submit: { legend: questions.save, do: (values, tools) => edit(values, tools, question) },
  };
}

async function edit(values: Values, tools: Tools, { id, revision: basedOn }: Question): Promise<Next> {
  const { nl = '', en = '' } = values;
  const as = values.as === 'new-meaning' ? 'new-meaning' : 'correction';
  const json = { basedOn, nl: nl.trim() || null, en: en.trim() || null, as } as const;
  const param = { id: encodeURIComponent(id) };
  await bodyOf(tools.door().questions[':id'].$patch({ param, json }));
  const { questions } = tools.words;
  return { next: 'back', said: as === 'correction' ? questions.corrected : questions.replaced };
}
