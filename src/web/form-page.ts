import type { z } from 'zod';
import type { Words } from '../words/words.ts';
import { frameOf } from './frame.ts';
import {
  type Drawn,
  type Extra,
  type FileAnswer,
  type GoTo,
  goTo,
  isSignedIn,
  type Opened,
  type Page,
  type PageParts,
  type Refused,
  type Shown,
  type Submitted,
} from './page.ts';
import { restrictedTo } from './restricted.ts';
import type { Problem, Views } from './views.ts';
import type { PersonVisit, Visit } from './visit.ts';

function textOf(t: Words, code: string): string {
  const texts: Record<string, string> = t.problems;
  const text = texts[code];
  if (text === undefined) throw new Error(`There are no words for the problem ${code}.`);
  return text;
}

/** One problem per field: the first says enough. */
function problemsOf(t: Words, error: z.ZodError): Problem[] {
  const byField = new Map<string, Problem>();
  for (const { path, message } of error.issues) {
    const field = path.length > 0 ? String(path[0]) : null;
    if (!byField.has(field ?? '')) byField.set(field ?? '', { field, text: textOf(t, message) });
  }
  return [...byField.values()];
}

function withoutSecrets(body: Record<string, string>, secret: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== 'csrf' && !secret.includes(name)),
  );
}

async function submitForm<W extends Visit, V extends keyof Views, F>(
  page: PageParts<W, V, F>,
  visit: W,
  body: Record<string, string>,
): Promise<GoTo | Refused | Shown<Views[V]> | FileAnswer> {
  if (!page.form || !page.submit) throw new Error(`${page.path} takes no form.`);
  const form = await page.form(visit);
  const parsed = form.safeParse(body);
  if (!parsed.success) return { result: 'refused', problems: problemsOf(visit.t, parsed.error) };
  return page.submit(visit, parsed.data);
}

type Guard<W extends Visit> = (visit: Visit) => { result: 'pass'; visit: W } | GoTo;

function makePage<W extends Visit, V extends keyof Views, F>(
  page: PageParts<W, V, F>,
  guard: Guard<W>,
): Page {
  return {
    path: page.path,
    takesForms: page.submit !== undefined,
    async open(visit) {
      const passed = guard(visit);
      if (passed.result !== 'pass') return passed;
      const shown = await page.show(passed.visit);
      return shown.result === 'go-to' ? shown : openedPage(page, passed.visit, shown);
    },
    async submit(visit, body): Promise<Submitted> {
      const values = withoutSecrets(body, page.secret ?? []);
      const passed = guard(visit);
      if (passed.result !== 'pass') return { ...passed, keep: true, values };
      const answer = await submitForm(page, passed.visit, body);
      return answer.result === 'shown'
        ? { ...openedPage(page, passed.visit, answer), values }
        : { ...answer, values };
    },
  };
}

function openedPage<W extends Visit, V extends keyof Views, F>(
  page: PageParts<W, V, F>,
  visit: W,
  { props }: Shown<Views[V]>,
): Opened {
  return { result: 'opened', draw: (extra) => drawPage(page, visit, { props, extra }) };
}

function drawPage<W extends Visit, V extends keyof Views, F>(
  page: PageParts<W, V, F>,
  visit: W,
  { props, extra }: { props: Views[V]; extra: Extra },
): Drawn {
  const row = page.row?.(visit) ?? 'page';
  const inRow = visit.target === row;
  const frame = frameOf(visit, { title: page.title(visit), row, inRow, extra });
  const part = visit.target === undefined ? undefined : page.showRow?.(visit, props, frame);
  if (part !== undefined) return { html: part, partial: true };
  return {
    html: visit.site.render(page.view, { ...frame, ...props }, inRow ? 'row' : 'page'),
    partial: inRow,
  };
}

/** Where to sign in, coming back here afterwards. */
export function signInPath(visit: Visit): string {
  return `/sign-in?return=${encodeURIComponent(visit.path)}`;
}

/** A page that anybody may see. */
export function openPage<V extends keyof Views, F = never>(page: PageParts<Visit, V, F>): Page {
  return makePage(page, (visit) => ({ result: 'pass', visit }));
}

/**
 * A page for who is signed in; others are led to sign in and back. A one-time password must be replaced first, and who
 * came in with an access code can only choose a password and then register.
 */
export function personPage<V extends keyof Views, F = never>(page: PageParts<PersonVisit, V, F>): Page {
  return makePage(page, (visit) => {
    if (!isSignedIn(visit)) return goTo(signInPath(visit));
    const elsewhere = restrictedTo(visit, page.path);
    return elsewhere === undefined ? { result: 'pass', visit } : goTo(elsewhere);
  });
}
