import type { Deps } from '../deps.ts';
import { approve, moveQuestion, retire } from '../questions/approve-question.ts';
import type { By } from '../questions/changing.ts';
import { addCustomQuestion, editQuestion } from '../questions/edit-question.ts';
import { readQuestions } from '../questions/questions.ts';
import { type DoorContext, makeDoor } from './door.ts';
import { askedBy } from './guard.ts';
import { questionAnswerOf, questionChangedOf } from './question-answer.ts';
import { addRoute, approveRoute, editRoute, listRoute, moveRoute, retireRoute } from './question-routes.ts';
import { refusalOf } from './refusal.ts';

/** The security questions: see them, add and edit custom ones, approve, retire and order them. */
export function questionRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const questions = (await readQuestions(deps.db)).map(questionAnswerOf);
      return c.json({ questions }, 200);
    })
    .openapi(addRoute, async (c) => {
      const { nl = null, en = null } = c.req.valid('json');
      const added = await addCustomQuestion(deps, { nl, en }, byOf(c));
      if (added.result !== 'added') return c.json(refusalOf(c.get('language'), added.result), 409);
      return c.json(questionAnswerOf(added.question), 201);
    })
    .openapi(editRoute, async (c) => {
      const [{ id }, { nl, en, ...rest }] = [c.req.valid('param'), c.req.valid('json')];
      const edited = await editQuestion(deps, { id, ...rest, texts: { nl, en } }, byOf(c));
      if (edited.result === 'corrected' || edited.result === 'replaced')
        return c.json(questionAnswerOf(edited.question), 200);
      return refuse(deps, c, edited);
    })
    .openapi(retireRoute, async (c) => {
      const retired = await retire(deps, { ...c.req.valid('param'), ...c.req.valid('json') }, byOf(c));
      return retired.result === 'retired'
        ? c.json(questionAnswerOf(retired.question), 200)
        : refuse(deps, c, retired);
    })
    .openapi(approveRoute, async (c) => {
      const approved = await approve(deps, { ...c.req.valid('param'), ...c.req.valid('json') }, byOf(c));
      return approved.result === 'approved'
        ? c.json(questionAnswerOf(approved.question), 200)
        : refuse(deps, c, approved);
    })
    .openapi(moveRoute, async (c) => {
      const moved = await moveQuestion(deps, { ...c.req.valid('param'), ...c.req.valid('json') }, byOf(c));
      return moved.result === 'moved'
        ? c.json({ questions: moved.questions.map(questionAnswerOf) }, 200)
        : refuse(deps, c, moved);
    });
}

function byOf(c: DoorContext): By {
  return { by: c.get('administrator').id, act: askedBy(c) };
}

type Failed = Exclude<
  Awaited<ReturnType<typeof editQuestion | typeof retire | typeof approve | typeof moveQuestion>>,
  { result: 'corrected' | 'replaced' | 'retired' | 'approved' | 'moved' }
>;

/** Words a refusal, with the field it is about. */
async function refuse(deps: Deps, c: DoorContext, failed: Failed) {
  const language = c.get('language');
  switch (failed.result) {
    case 'question-changed-meanwhile':
      return c.json(await questionChangedOf(deps.db, language, failed.question), 409);
    case 'question-unknown':
      return c.json(refusalOf(language, 'question-unknown', 'id'), 404);
    case 'before-unknown':
      return c.json(refusalOf(language, 'question-unknown', 'before'), 404);
    case 'question-predefined':
    case 'question-retired':
    case 'too-few-questions':
    case 'too-many-questions':
    case 'question-already-there':
      return c.json(refusalOf(language, failed.result, 'id'), 409);
  }
}
