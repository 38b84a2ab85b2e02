import { z } from 'zod';
import type { KeptForm } from '../sessions/session-data.ts';
import { type Language, languages } from '../words/languages.ts';
import { saidIn } from '../words/said-in.ts';
import { clearCookie, cookieName, readCookie, setCookie } from './cookies.ts';
import { ownerOf, readVisitNonce } from './csrf.ts';
import type { Problem } from './views.ts';
import type { Visit } from './visit.ts';

const keptFor = 600_000;
const mostForms = 5;
/** In characters; browsers refuse a cookie of more than 4,096 octets with its name. */
const largestCookie = 3800;

const keptSchema = z.record(
  z.string(),
  z.object({
    at: z.number(),
    problems: z.array(z.object({ field: z.string().nullable(), text: z.string() })),
    values: z.record(z.string(), z.string()),
    language: z.enum(languages).optional(),
    owner: z.string().optional(),
  }),
);

type KeptForms = Record<string, KeptForm>;

function cookieOf(visit: Visit): string {
  return cookieName(visit.deps.config, 'form');
}

/** Signed out there is no session row: the form waits in a sealed cookie of the browser itself. */
function readCookieForms(visit: Visit): KeptForms {
  const sealed = readCookie(visit.req, cookieOf(visit));
  const json = sealed === undefined ? null : visit.deps.secrets.tokens.openCookie('form', sealed);
  if (json === null) return {};
  const parsed = keptSchema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : {};
}

function writeCookieForms(visit: Visit, forms: KeptForms): void {
  const { res, deps } = visit;
  const name = cookieOf(visit);
  if (Object.keys(forms).length === 0) {
    clearCookie(res, deps.config, name);
    return;
  }
  const seal = (kept: KeptForms) => deps.secrets.tokens.sealCookie('form', JSON.stringify(kept));
  const [whole, newest] = [seal(forms), seal(withoutValues(Object.entries(forms).slice(-1)))];
  const value = whole.length < largestCookie ? whole : newest;
  setCookie(res, deps.config, { name, value, maxAge: keptFor });
}

/** What is left of forms too large for a cookie: what is wrong, without what was typed. */
function withoutValues(forms: [string, KeptForm][]): KeptForms {
  return Object.fromEntries(forms.map(([path, form]) => [path, { ...form, values: {} }]));
}

function fresh(visit: Visit, forms: KeptForms): KeptForms {
  const live = Object.entries(forms).filter(([, form]) => isFresh(visit, form));
  return Object.fromEntries(live.slice(-mostForms));
}

/** Keeps a refused form for its path: the problems and what was typed, so that Back and reload always work. */
export function keepForm(visit: Visit, path: string, form: Omit<KeptForm, 'at'>): void {
  const owner = ownerOf(readVisitNonce(visit.deps, visit.req));
  const kept = { [path]: { ...form, at: visit.now, language: visit.language, owner } };
  if (visit.person) visit.session.forms = { ...fresh(visit, visit.session.forms ?? {}), ...kept };
  else writeCookieForms(visit, { ...fresh(visit, readCookieForms(visit)), ...kept });
}

/** A form that outlived a session is shown again to its own person only: others may sign in at the same browser. */
function isFor({ session, person }: Visit, { owner = '' }: KeptForm): boolean {
  return person === undefined || owner === '' || owner === ownerOf(session.visit);
}

function isFresh({ now }: Visit, { at }: KeptForm): boolean {
  return at > now - keptFor;
}

function findKeptForm(visit: Visit, path: string): KeptForm | undefined {
  const own = visit.session.forms?.[path];
  if (own && isFresh(visit, own)) return own;
  const waiting = readCookieForms(visit)[path];
  return waiting && isFresh(visit, waiting) && isFor(visit, waiting) ? waiting : undefined;
}

/** A problem in the language of the page, or else named as what it is (WCAG 3.1.2). */
function sayAgain(problem: Problem, from: Language, to: Language): Problem {
  const text = saidIn(problem.text, from, to);
  return text === undefined ? { ...problem, lang: from } : { ...problem, text };
}

/** What is kept for a path, if anything, as this visit reads it; a form kept before signing in is found after it. */
export function readKeptForm(
  visit: Visit,
  path: string,
): { problems: Problem[]; values: KeptForm['values'] } | undefined {
  const form = findKeptForm(visit, path);
  if (form === undefined) return undefined;
  const { problems, values, language: from = visit.language } = form;
  const said = (one: Problem) => (from === visit.language ? one : sayAgain(one, from, visit.language));
  return { problems: problems.map(said), values };
}

/** Forgets what is kept for a path: its form has been posted again. */
export function dropKeptForm(visit: Visit, path: string): void {
  if (visit.session.forms?.[path]) delete visit.session.forms[path];
  const { [path]: dropped, ...others } = readCookieForms(visit);
  if (dropped) writeCookieForms(visit, others);
}

/** Forgets the problems kept for a path that a taken form leads to: they may be mended by now; what waits there stays. */
export function dropKeptProblems(visit: Visit, path: string): void {
  if (readKeptForm(visit, path)?.problems.length) dropKeptForm(visit, path);
}

/** Forgets every form that waits in the browser: whoever sits down after a sign-out finds nothing. */
export function dropKeptForms(visit: Visit): void {
  if (readCookie(visit.req, cookieOf(visit)) !== undefined)
    clearCookie(visit.res, visit.deps.config, cookieOf(visit));
}
