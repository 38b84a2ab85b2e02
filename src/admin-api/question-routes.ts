import { createRoute, z } from '@hono/zod-openapi';
import { answer, body, refused } from './door.ts';
import { needs, turnedAway } from './guard.ts';
import { plainText } from './plain-text.ts';
import { questionAnswer, questionChanged, questionsAnswer } from './question-answer.ts';
import { refusalSchema } from './refusal.ts';

const questionText = plainText({ min: 3, max: 200 });
const idPath = z.strictObject({ id: z.string().max(100) });
const basedOn = z.int().min(1);

const textMissing = { error: 'question-text-missing', path: ['nl'] };

const newQuestion = z
  .strictObject({ nl: questionText.optional(), en: questionText.optional() })
  .refine(({ nl, en }) => nl !== undefined || en !== undefined, textMissing);

const editedQuestion = z
  .strictObject({
    basedOn,
    nl: questionText.nullable(),
    en: questionText.nullable(),
    /** Whether the question still asks the same: only then do its answers still fit. */
    as: z.enum(['correction', 'new-meaning']),
  })
  .refine(({ nl, en }) => nl !== null || en !== null, textMissing);

const tooLate = answer(
  z.union([questionChanged, refusalSchema]),
  'Changed meanwhile (`basedOn` is not its revision), or the rules do not let it be so',
);

/** Lists the questions. */
export const listRoute = createRoute({
  method: 'get',
  path: '/questions',
  ...needs('read'),
  responses: { 200: answer(questionsAnswer, 'Every question, retired ones too, in order'), ...turnedAway },
});

/** Adds a custom question. */
export const addRoute = createRoute({
  method: 'post',
  path: '/questions',
  ...needs('policy'),
  request: { body: body(newQuestion) },
  responses: {
    201: answer(questionAnswer, 'The question, approved from now'),
    ...turnedAway,
    409: refused('The question is there already, or there are 20 custom ones'),
    422: refused('A text is not right'),
  },
});

/** What every change of one question answers. */
const ofOne = {
  ...turnedAway,
  404: refused('No such question'),
  409: tooLate,
  422: refused('The id or body is not right'),
};

/** Gives a custom question other words. */
export const editRoute = createRoute({
  method: 'patch',
  path: '/questions/{id}',
  ...needs('policy'),
  request: { params: idPath, body: body(editedQuestion) },
  responses: { 200: answer(questionAnswer, 'The question; with a new meaning, the new one'), ...ofOne },
});

/** Retires a question. */
export const retireRoute = createRoute({
  method: 'post',
  path: '/questions/{id}/retire',
  ...needs('policy'),
  request: { params: idPath, body: body(z.strictObject({ basedOn })) },
  responses: { 200: answer(questionAnswer, 'The question, retired'), ...ofOne },
});

/** Approves a question again. */
export const approveRoute = createRoute({
  method: 'post',
  path: '/questions/{id}/approve',
  ...needs('policy'),
  request: { params: idPath, body: body(z.strictObject({ basedOn })) },
  responses: { 200: answer(questionAnswer, 'The question, approved again'), ...ofOne },
});

/** Moves a question in the order. */
export const moveRoute = createRoute({
  method: 'post',
  path: '/questions/{id}/move',
  ...needs('policy'),
  request: {
    params: idPath,
    body: body(z.strictObject({ basedOn, before: z.string().max(100).nullable() })),
  },
  responses: { 200: answer(questionsAnswer, 'Every question, in the new order'), ...ofOne },
});
