import { createRoute, z } from '@hono/zod-openapi';
import { recordEvent } from '../audit/audit.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { normaliseText } from '../methods/answer.ts';
import { readPolicy } from '../policy/versions.ts';
import { addQuestion, type Question, readQuestions, retireQuestion } from '../questions/questions.ts';
import { newId } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
import { answer, body, isoTime, makeDoor, refused } from './door.ts';
import { plainText } from './plain-text.ts';
import { refusalOf } from './refusal.ts';

const mostCustom = 20;
const questionText = plainText({ min: 3, max: 200 });

const questionAnswer = z
  .strictObject({
    id: z.string(),
    predefined: z.boolean(),
    nl: z.string().nullable(),
    en: z.string().nullable(),
    retiredAt: z.string().nullable(),
  })
  .openapi('Question');

const newQuestion = z
  .strictObject({ nl: questionText.optional(), en: questionText.optional() })
  .refine(({ nl, en }) => nl !== undefined || en !== undefined, {
    error: 'question-text-missing',
    path: ['nl'],
  });

const listRoute = createRoute({
  method: 'get',
  path: '/questions',
  responses: {
    200: answer(
      z.strictObject({ questions: z.array(questionAnswer) }),
      'Every question, retired ones too, in order',
    ),
    401: refused('No token'),
  },
});

const addRoute = createRoute({
  method: 'post',
  path: '/questions',
  request: { body: body(newQuestion) },
  responses: {
    201: answer(questionAnswer, 'The question, approved from now'),
    401: refused('No token'),
    409: refused('The question is there already, or there are 20 custom ones'),
    422: refused('A text is not right'),
  },
});

const retireRoute = createRoute({
  method: 'post',
  path: '/questions/{id}/retire',
  request: { params: z.strictObject({ id: z.string().max(100) }) },
  responses: {
    200: answer(questionAnswer, 'The question, retired'),
    401: refused('No token'),
    404: refused('No such question'),
    409: refused('Too few approved questions would be left'),
    422: refused('The id is not right'),
  },
});

/** The security questions: see them, add a custom one, retire one. */
export function questionRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const questions = (await readQuestions(deps.db)).map(answerOf);
      return c.json({ questions }, 200);
    })
    .openapi(addRoute, async (c) => {
      const added = await addCustomQuestion(deps, c.req.valid('json'), c.get('administrator'));
      if (added.result !== 'added') return c.json(refusalOf(c.get('language'), added.result), 409);
      return c.json(answerOf(added.question), 201);
    })
    .openapi(retireRoute, async (c) => {
      const retired = await retire(deps, c.req.valid('param').id, c.get('administrator'));
      if (retired.result === 'retired') return c.json(answerOf(retired.question), 200);
      const refusal = refusalOf(c.get('language'), retired.result, 'id');
      return retired.result === 'question-unknown' ? c.json(refusal, 404) : c.json(refusal, 409);
    });
}

function answerOf({ id, predefined, nl, en, retiredAt }: Question): z.infer<typeof questionAnswer> {
  return { id, predefined: predefined !== null, nl, en, retiredAt: isoTime(retiredAt) };
}

type AddedQuestion =
  | { result: 'added'; question: Question }
  | { result: 'question-already-there' | 'too-many-questions' };

async function addCustomQuestion(
  deps: Deps,
  texts: z.infer<typeof newQuestion>,
  by: string,
): Promise<AddedQuestion> {
  const question: Question = {
    id: newId(),
    predefined: null,
    nl: texts.nl ?? null,
    en: texts.en ?? null,
    retiredAt: null,
  };
  return inTransaction(deps.db, async (tx): Promise<AddedQuestion> => {
    const approved = (await readQuestions(tx)).filter(({ retiredAt }) => retiredAt === null);
    if (approved.some((known) => saysTheSame(known, question))) return { result: 'question-already-there' };
    const custom = approved.filter(({ predefined }) => predefined === null);
    if (custom.length >= mostCustom) return { result: 'too-many-questions' };
    const { id, nl, en } = question;
    await addQuestion(tx, deps.now(), { id, nl, en });
    await tellAudit(deps, tx, { event: 'question-added', by, question: id });
    return { result: 'added', question };
  });
}

function saysTheSame(one: Question, other: Question): boolean {
  const same = (a: string | null, b: string | null) =>
    a !== null && b !== null && normaliseText(a) === normaliseText(b);
  return same(one.nl, other.nl) || same(one.en, other.en);
}

type RetiredQuestion =
  | { result: 'retired'; question: Question }
  | { result: 'question-unknown' | 'too-few-questions' };

async function retire(deps: Deps, id: string, by: string): Promise<RetiredQuestion> {
  return inTransaction(deps.db, async (tx): Promise<RetiredQuestion> => {
    const questions = await readQuestions(tx);
    const question = questions.find((known) => known.id === id);
    if (!question) return { result: 'question-unknown' };
    if (question.retiredAt !== null) return { result: 'retired', question };
    const policy = await readPolicy(tx);
    const left = questions.filter(({ retiredAt }) => retiredAt === null).length - 1;
    if (policy.securityQuestions && left < policy.questionsToRegister) return { result: 'too-few-questions' };
    const retiredAt = deps.now();
    await retireQuestion(tx, retiredAt, id);
    await tellAudit(deps, tx, { event: 'question-retired', by, question: id });
    return { result: 'retired', question: { ...question, retiredAt } };
  });
}

async function tellAudit(
  { now }: Deps,
  tx: Db,
  { event, by, question }: { event: 'question-added' | 'question-retired'; by: string; question: string },
): Promise<void> {
  await recordEvent(tx, now(), { event, actor: { kind: 'administrator', id: by }, details: { question } });
}
