import type { z } from 'zod';
import type { Person } from '../people/person.ts';
import type { Frame, Problem, Views } from './views.ts';
import type { PersonVisit, Visit } from './visit.ts';

/** Where a submitted form leads, and what is said there. */
export interface GoTo {
  result: 'go-to';
  path: string;
  notice?: string;
  /** What was typed waits at this path, secrets left out, for when the person comes back. */
  keep?: boolean;
}

/** What keeps a form from being taken. */
export interface Refused {
  result: 'refused';
  problems: Problem[];
}

/** What is shown: the props of the page's own view. */
export interface Shown<P> {
  result: 'shown';
  props: P;
}

/** A file that a submitted form answers with, for the person to keep; nothing on the way keeps it. */
export interface FileAnswer {
  result: 'file';
  name: string;
  type: 'application/json';
  body: string;
}

/** Leads to another page. */
export function goTo(path: string, notice?: string): GoTo {
  return notice === undefined ? { result: 'go-to', path } : { result: 'go-to', path, notice };
}

/** Refuses a form: what is wrong at which field (null: about the page as a whole), in the person's words. */
export function problem(field: string | null, text: string): Refused {
  return { result: 'refused', problems: [{ field, text }] };
}

/** Shows the page. */
export function shown<P>(props: P): Shown<P> {
  return { result: 'shown', props };
}

/** A page as it is written: what it shows, the form it takes, what submitting does. */
export interface PageParts<W extends Visit, V extends keyof Views, F> {
  path: string;
  view: V;
  /** The id of the section of the checklist in which htmx may open it. */
  row?: (visit: W) => string;
  title(visit: W): string;
  show(visit: W): Promise<Shown<Views[V]> | GoTo>;
  form?(visit: W): z.ZodType<F> | Promise<z.ZodType<F>>;
  /** Fields whose value is never shown or kept again. */
  secret?: readonly string[];
  /** What is shown at once is in this answer only: for what must not be kept until a next request. */
  submit?(visit: W, fields: F): Promise<GoTo | Refused | Shown<Views[V]> | FileAnswer>;
  /** What htmx gets for a row that is not this page's own: the checklist answers one row of it. */
  showRow?(visit: W, props: Views[V], frame: Frame): string | undefined;
}

/** What came of a page's GET: its view, still to be drawn with the form's problems, or another page. */
export type Opened = GoTo | { result: 'opened'; draw(extra: Extra): Drawn };

/** HTML: a whole page, or a part of one for htmx. */
export interface Drawn {
  html: string;
  partial: boolean;
}

/** What the frame adds to the page's own props. */
export interface Extra {
  problems: readonly Problem[];
  values: Readonly<Record<string, string>>;
  notice: string | null;
}

/** What came of a POST: a next page, problems with what was typed, or an answer of its own; secrets left out. */
export type Submitted = (Opened | Refused | FileAnswer) & { values: Record<string, string> };

/** A page as `web` mounts it, whatever its own types are. */
export interface Page {
  path: string;
  takesForms: boolean;
  open(visit: Visit): Promise<Opened>;
  submit(visit: Visit, body: Record<string, string>): Promise<Submitted>;
}

/** Whether the visit is by somebody signed in. */
export function isSignedIn(visit: Visit): visit is PersonVisit {
  return visit.person !== undefined;
}

/** The part of a person that pages hand on to nouns with each change. */
export function doing(visit: PersonVisit): { person: Person; policy: Visit['policy']; address: string } {
  return { person: visit.person, policy: visit.policy, address: visit.address };
}
