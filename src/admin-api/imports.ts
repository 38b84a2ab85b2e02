import type { z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { Deps } from '../deps.ts';
import { type ImportState, listImports, readImport } from '../imports/import.ts';
import { readResults } from '../imports/results.ts';
import {
  cancelImport,
  changeSettings,
  discardImport,
  type Step,
  startCheck,
  startRun,
} from '../imports/steps.ts';
import { keepUpload, largestUpload } from '../imports/upload.ts';
import { wordsOf } from '../words/words.ts';
import { type DoorContext, makeDoor } from './door.ts';
import { type exportFormat, streamExport } from './export.ts';
import { actorOf } from './guard.ts';
import { importAnswerOf, listedImportsOf } from './import-answer.ts';
import {
  cancelRoute,
  checkRoute,
  discardRoute,
  listRoute,
  readRoute,
  resultRoute,
  runRoute,
  settingsRoute,
  uploadRoute,
} from './import-routes.ts';
import { refusalOf } from './refusal.ts';

/** Imports: upload a file, look at it, do a dry run, run it, cancel it, fetch what came of each row. */
export function importRoutes(deps: Deps) {
  return makeDoor()
    .openapi(listRoute, async (c) => {
      const imports = await listedImportsOf(deps, await listImports(deps.db));
      return c.json({ imports }, 200);
    })
    .openapi(uploadRoute, async (c) => {
      const kept = await upload(deps, c, c.req.valid('query').fileName);
      const language = c.get('language');
      if (kept.result === 'upload-too-large') return c.json(refusalOf(language, kept.result), 413);
      if (kept.result === 'too-many-uploads') return c.json(refusalOf(language, kept.result), 409);
      const answered = kept.result === 'kept' ? await readAnswer(deps, c, kept.id) : undefined;
      return answered ? c.json(answered, 201) : c.json(refusalOf(language, 'upload-empty'), 422);
    })
    .openapi(readRoute, async (c) => {
      const answered = await readAnswer(deps, c, c.req.valid('param').id);
      return answered
        ? c.json(answered, 200)
        : c.json(refusalOf(c.get('language'), 'import-unknown', 'id'), 404);
    })
    .openapi(settingsRoute, async (c) => {
      const step = await changeSettings(deps, c.req.valid('param').id, c.req.valid('json'));
      return answerStep(deps, c, { step, status: 200 });
    })
    .openapi(checkRoute, async (c) => {
      const step = await startCheck(deps, c.req.valid('param').id, askingOf(c));
      return answerStep(deps, c, { step, status: 202 });
    })
    .openapi(runRoute, async (c) => {
      const step = await startRun(deps, c.req.valid('param').id, askingOf(c));
      return answerStep(deps, c, { step, status: 202 });
    })
    .openapi(cancelRoute, async (c) => {
      const step = await cancelImport(deps, c.req.valid('param').id);
      return answerStep(deps, c, { step, status: 202 });
    })
    .openapi(discardRoute, async (c) => {
      const { id } = c.req.valid('param');
      const step = await discardImport(deps, id);
      return step.result === 'done' ? c.json({ id }, 200) : refuseStep(c, step.result);
    })
    .openapi(resultRoute, async (c) =>
      answerResult(deps, c, { ...c.req.valid('param'), ...c.req.valid('query') }),
    );
}

async function upload(deps: Deps, c: DoorContext, fileName: string) {
  if (Number(c.req.header('content-length') ?? 0) > largestUpload)
    return { result: 'upload-too-large' } as const;
  const { body: bytes } = c.req.raw;
  if (!bytes) return { result: 'upload-empty' } as const;
  const { id: by } = c.get('administrator');
  return keepUpload(deps, { bytes: bytesOf(bytes), fileName, by, language: c.get('language') });
}

/** A body that is cut off is the sender's fault. */
async function* bytesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch {
    throw new HTTPException(400);
  }
}

function askingOf(c: DoorContext) {
  return { actor: actorOf(c), language: c.get('language') };
}

async function readAnswer(deps: Deps, c: DoorContext, id: string) {
  const one = await readImport(deps.db, id);
  const asking = { language: c.get('language'), mayImport: c.get('administrator').rights.has('people') };
  return one && importAnswerOf(deps, one, asking);
}

type Refused = Exclude<Step['result'], 'done'>;

function refuseStep(c: DoorContext, why: Refused) {
  const language = c.get('language');
  if (why === 'import-unknown') return c.json(refusalOf(language, why, 'id'), 404);
  if (why === 'columns-not-right') return c.json(refusalOf(language, why, 'mapping'), 422);
  return c.json(refusalOf(language, why), 409);
}

async function answerStep<S extends 200 | 202>(
  deps: Deps,
  c: DoorContext,
  { step, status }: { step: Step; status: S },
) {
  if (step.result !== 'done') return refuseStep(c, step.result);
  const answered = await readAnswer(deps, c, step.import.id);
  return answered ? c.json(answered, status) : refuseStep(c, 'import-unknown');
}

const notRun: readonly ImportState[] = ['uploaded', 'checking', 'checked'];

async function answerResult(
  deps: Deps,
  c: DoorContext,
  { id, format }: { id: string; format: z.infer<typeof exportFormat> },
) {
  const one = await readImport(deps.db, id);
  if (!one) return c.json(refusalOf(c.get('language'), 'import-unknown', 'id'), 404);
  if (notRun.includes(one.state)) return c.json(refusalOf(c.get('language'), 'result-not-there'), 404);
  const { resultHead, outcomes } = wordsOf(one.language).imports;
  return streamExport(c, {
    format,
    name: `import-${id}`,
    columns: Object.values(resultHead),
    cells: (row) => [row.line, row.userName, outcomes[row.outcome], row.remarks, row.firstPassword],
    pages: readResults(deps, id),
  });
}
