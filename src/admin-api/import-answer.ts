import { z } from '@hono/zod-openapi';
import { readAdministratorNames } from '../administrators/administrator.ts';
import type { Deps } from '../deps.ts';
import { encodings } from '../imports/encoding.ts';
import { importFields } from '../imports/fields.ts';
import { fileOf, type Import, importStates } from '../imports/import.ts';
import { describeColumns, type Look, lookAt } from '../imports/look.ts';
import { progressOf } from '../imports/progress.ts';
import { separators } from '../imports/separator.ts';
import { importSettings } from '../imports/settings.ts';
import type { Language } from '../words/languages.ts';
import { isoTime } from './door.ts';

const count = z.int();
const column = z.strictObject({
  header: z.string(),
  field: z.enum([...importFields, 'ignore']),
  /** Whether an administrator said so; otherwise the header did. */
  chosen: z.boolean(),
});

const look = z.strictObject({
  encoding: z.enum(encodings),
  separator: z.enum(separators),
  columns: z.array(column),
  /** What has to be put right before a dry run. */
  problems: z.array(z.strictObject({ problem: z.string(), message: z.string() })),
  /** The first rows, masked; null for who may not import. */
  sample: z.array(z.array(z.string())).nullable(),
});

const progress = z.strictObject({
  rowsDone: count,
  rowsTotal: count.nullable(),
  /** From 0 to 1. */
  share: z.number(),
  rowsPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  lastLine: count,
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});

const totals = z.strictObject({
  created: count,
  updated: count,
  disabled: count,
  same: count,
  refused: count,
});

const listed = {
  id: z.string(),
  fileName: z.string(),
  bytes: count,
  state: z.enum(importStates),
  uploadedAt: z.string(),
  uploadedBy: z.string(),
  progress,
  totals,
};

/** An import as a line of a list. */
export const listedImportAnswer = z.strictObject(listed).openapi('ListedImport');

/** An import: what was chosen and understood, how far it is, and what came of its rows. */
export const importAnswer = z
  .strictObject({
    ...listed,
    settings: importSettings.required(),
    problems: z.array(
      z.strictObject({
        line: count,
        userName: z.string(),
        column: z.string().nullable(),
        problem: z.string(),
        message: z.string(),
      }),
    ),
    /** How the file is understood; null once it is done with. */
    look: look.nullable(),
  })
  .openapi('Import');

/** Makes the lines of a list. */
export async function listedImportsOf(
  deps: Deps,
  imports: readonly Import[],
): Promise<z.infer<typeof listedImportAnswer>[]> {
  const names = await readAdministratorNames(deps.db, [...new Set(imports.map((one) => one.uploadedBy))]);
  return imports.map((one) => ({
    id: one.id,
    fileName: one.fileName,
    bytes: one.bytes,
    state: one.state,
    uploadedAt: isoTime(one.uploadedAt),
    uploadedBy: names.get(one.uploadedBy) ?? one.uploadedBy,
    progress: progressAnswerOf(deps, one),
    totals: one.totals,
  }));
}

function progressAnswerOf({ now }: Deps, one: Import): z.infer<typeof progress> {
  return {
    ...progressOf(one, now()),
    startedAt: isoTime(one.startedAt),
    finishedAt: isoTime(one.finishedAt),
  };
}

/** Makes the answer of one import, in the asker's language; the sample is for who may import. */
export async function importAnswerOf(
  deps: Deps,
  one: Import,
  { language, mayImport }: { language: Language; mayImport: boolean },
): Promise<z.infer<typeof importAnswer> | undefined> {
  const [line] = await listedImportsOf(deps, [one]);
  const seen = await lookIfThere(deps, { ...one, language });
  if (!line) return undefined;
  return {
    ...line,
    settings: one.settings,
    problems: one.problems,
    look: seen ? lookAnswerOf(language, seen, mayImport) : null,
  };
}

/** Undefined for an import that is done with its file; it may be done at the very moment that we look. */
async function lookIfThere({ config }: Deps, one: Import): Promise<Look | undefined> {
  if (one.state === 'done' || one.state === 'cancelled') return undefined;
  try {
    return await lookAt(fileOf(config, one.id), one);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function lookAnswerOf(language: Language, seen: Look, mayImport: boolean): z.infer<typeof look> {
  return {
    encoding: seen.encoding,
    separator: seen.separator,
    columns: seen.columns,
    problems: seen.problems.map((problem) => ({
      problem: problem.problem,
      message: describeColumns(language, problem),
    })),
    sample: mayImport ? seen.sample : null,
  };
}
