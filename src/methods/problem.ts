import type { z } from 'zod';
import type { Words } from '../words/words.ts';

/** What a person can put right: a key of the catalogue’s problems. */
export type ProblemCode = keyof Words['problems'];

/** Where a form reports its problems. */
export type ProblemSink = Pick<z.core.$RefinementCtx, 'addIssue'>;

/** Adds a problem to a form: its code is the issue’s message, the field its path. */
export function addProblem(ctx: ProblemSink, code: ProblemCode, field?: string): void {
  ctx.addIssue({ code: 'custom', message: code, ...(field === undefined ? {} : { path: [field] }) });
}
