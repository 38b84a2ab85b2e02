import { z } from '@hono/zod-openapi';
import type { Language } from '../words/languages.ts';
import { type Words, wordsOf } from '../words/words.ts';

/** The name of a problem: a key of the administrators’ problems, or of the problems that people see too. */
export type RefusalCode =
  | keyof Words['admin']['problems']
  | keyof Words['administrators']['problems']
  | keyof Words['rules']['problems']
  | keyof Words['imports']['refusals']
  | keyof Words['people']['problems']
  | keyof Words['reminders']['problems']
  | keyof Words['problems'];

/** Every wording there is; an administrator's goes before a person's. */
function wordingsOf(language: Language): Record<string, string> {
  const { admin, administrators, imports, people, problems, reminders, rules } = wordsOf(language);
  return {
    ...problems,
    ...people.problems,
    ...imports.refusals,
    ...reminders.problems,
    ...rules.problems,
    ...administrators.problems,
    ...admin.problems,
  };
}

export const refusalSchema = z
  .strictObject({
    problem: z.string().openapi({ example: 'name-taken' }),
    field: z.string().optional().openapi({ example: 'userName' }),
    message: z.string(),
  })
  .openapi('Refusal');

/** What the door answers with every 4xx and 5xx: a problem to act on, the field if any, and a sentence to read. */
export type Refusal = z.infer<typeof refusalSchema>;

/** Words a refusal in the asker's language; an administrator's wording goes before a person's. */
export function refusalOf(language: Language, problem: RefusalCode, field?: string): Refusal {
  const { admin } = wordsOf(language);
  return {
    problem,
    ...(field === undefined ? {} : { field }),
    message: wordingsOf(language)[problem] ?? admin.problems['not-valid'],
  };
}

/** Turns the first thing that is wrong with an input into a refusal. */
export function firstRefusal(language: Language, issues: readonly z.core.$ZodIssue[]): Refusal {
  const issue = issues[0];
  if (!issue) return refusalOf(language, 'not-valid');
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...issue.path, ...extra].map(String).join('.').slice(0, 100);
  return refusalOf(language, codeOf(issue), field === '' ? undefined : field);
}

function isCode(language: Language, text: string): text is RefusalCode {
  return Object.hasOwn(wordingsOf(language), text);
}

function codeOf(issue: z.core.$ZodIssue): RefusalCode {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'unknown-field';
    case 'too_small':
      return 'too-small';
    case 'too_big':
      return 'too-large';
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'missing' : 'not-valid';
    default:
      return isCode('en', issue.message) ? issue.message : 'not-valid';
  }
}
