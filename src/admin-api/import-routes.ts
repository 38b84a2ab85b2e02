import { createRoute, z } from '@hono/zod-openapi';
import { importSettings } from '../imports/settings.ts';
import { answer, body, refused } from './door.ts';
import { exportedList, exportFormat } from './export.ts';
import { needs, turnedAway } from './guard.ts';
import { importAnswer, listedImportAnswer } from './import-answer.ts';
import { plainText } from './plain-text.ts';

const importPath = z.strictObject({ id: z.string().regex(/^[\w-]{24}$/) });

const steps = {
  ...turnedAway,
  404: refused('No such import'),
  409: refused('The import is not at this step, or another one is under way'),
  422: refused('The columns are not right, or the id is not'),
};

/** The list of imports. */
export const listRoute = createRoute({
  method: 'get',
  path: '/imports',
  ...needs('read'),
  responses: {
    200: answer(
      z.strictObject({ imports: z.array(listedImportAnswer) }),
      'The imports there are, newest first',
    ),
    ...turnedAway,
  },
});

/** Sends a file, streamed. */
export const uploadRoute = createRoute({
  method: 'post',
  path: '/imports',
  ...needs('people'),
  request: {
    query: z.strictObject({ fileName: plainText({ min: 1, max: 200 }).default('upload.csv') }),
    body: { content: { 'text/csv': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
  responses: {
    201: answer(importAnswer, 'Kept for its dry run, and how it is understood'),
    ...turnedAway,
    400: refused('The body was cut off'),
    409: refused('Too many files are waiting'),
    413: refused('The file is larger than 1 GB'),
    422: refused('The file is empty, or its name is not right'),
  },
});

/** How far an import is. */
export const readRoute = createRoute({
  method: 'get',
  path: '/imports/{id}',
  ...needs('read'),
  request: { params: importPath },
  responses: {
    200: answer(importAnswer, 'The import, how far it is and how long it will take'),
    ...turnedAway,
    404: refused('No such import'),
    422: refused('The id is not right'),
  },
});

/** Chooses how a file is read. */
export const settingsRoute = createRoute({
  method: 'put',
  path: '/imports/{id}/settings',
  ...needs('people'),
  request: { params: importPath, body: body(importSettings) },
  responses: {
    200: answer(importAnswer, 'The import as it is understood now; it needs a dry run'),
    ...steps,
  },
});

/** Dry run, run and cancel: they answer at once and go on by themselves. */
function stepRoute<const P extends string>(path: P, description: string) {
  return createRoute({
    method: 'post',
    path,
    ...needs('people'),
    request: { params: importPath },
    responses: { 202: answer(importAnswer, description), ...steps },
  });
}

/** Begins a dry run. */
export const checkRoute = stepRoute('/imports/{id}/check', 'The dry run has begun');
/** Begins a run. */
export const runRoute = stepRoute(
  '/imports/{id}/run',
  'The run has begun, or goes on behind the last row that was done',
);
/** Asks for an end. */
export const cancelRoute = stepRoute(
  '/imports/{id}/cancel',
  'It will stop behind the rows that are being written',
);

/** Removes an import. */
export const discardRoute = createRoute({
  method: 'delete',
  path: '/imports/{id}',
  ...needs('people'),
  request: { params: importPath },
  responses: {
    200: answer(z.strictObject({ id: z.string() }), 'Its file and the outcome of its rows are gone'),
    ...steps,
  },
});

/** What came of each row. */
export const resultRoute = createRoute({
  method: 'get',
  path: '/imports/{id}/result',
  ...needs('people'),
  request: { params: importPath, query: z.strictObject({ format: exportFormat }) },
  responses: {
    200: exportedList('What came of each row, in the order of the file; one-time passwords may be among it'),
    ...turnedAway,
    404: refused('No such import, or it has no result yet'),
    422: refused('The id or the format is not right'),
  },
});
