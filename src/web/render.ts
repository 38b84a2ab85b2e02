import { Eta, type TemplateFunction } from 'eta';
import type { Frame, Views } from './views.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const unsafe = /[&<>"']/;

function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) throw new Error('A view prints something that is not there.');
  const text = String(value);
  // Most of what is printed has nothing to escape.
  return unsafe.test(text) ? text.replace(/[&<>"']/g, (character) => escapes[character] ?? character) : text;
}

/** Stands behind the props of a view and throws when the template asks for a name nobody gave; Eta would print "undefined". */
function guardOf(view: string): object {
  return new Proxy(
    {},
    {
      get(target, name, receiver) {
        if (typeof name !== 'string' || name in Object.prototype) return Reflect.get(target, name, receiver);
        throw new Error(`The view ${view} asks for ${name}, which nobody gave.`);
      },
    },
  );
}

/** Props that throw when a template asks for a name nobody gave; those that were given cost nothing to read. */
function makeStrict(): (props: object, view: string) => object {
  const guards = new Map<string, object>();
  return (props, view) => {
    const guard = guards.get(view) ?? guardOf(view);
    guards.set(view, guard);
    // Ten times cheaper than filling an object that was made with this prototype.
    return { __proto__: guard, ...props };
  };
}

/**
 * A folder of views, each read and compiled once. In a view `part(view, props)` puts another one in, which knows what it
 * is given and nothing else: Eta's own `include` copies all that the view around it knows, at each part of a page.
 */
class Templates extends Eta {
  readonly #compiled = new Map<string, TemplateFunction>();

  constructor(views: string) {
    super({ views, autoTrim: [false, 'nl'], escapeFunction: escapeHtml });
  }

  /** Eta's own makes eight helpers anew at each part, of which no view uses one. */
  override compileToString = (template: string): string =>
    [
      'const { part } = this;',
      "const __eta = { res: '', e: this.config.escapeFunction };",
      this.compileBody(this.parse(template)),
      'return __eta.res;',
    ].join('\n');

  readonly part = (view: string, props: object): string => {
    const compiled = this.#compiled.get(view) ?? this.compile(this.readFile(this.resolvePath(view)));
    this.#compiled.set(view, compiled);
    return compiled.call(this, props, {});
  };
}

/** The frame a view is put into: a page of its own, a row of the checklist, or none. */
export type FrameName = 'page' | 'row' | 'bare';

/** Renders a view with its props, in its frame. */
export type Render = <V extends keyof Views>(view: V, props: Views[V] & Frame, frame: FrameName) => string;

/** Makes the renderer of a folder of views; templates are compiled once. */
export function makeRender(views: string): Render {
  const templates = new Templates(views);
  const strict = makeStrict();
  return (view, props, frame) => {
    const known = strict(props, view);
    const body = templates.part(`/${view}`, known);
    return frame === 'bare' ? body : templates.part(`/parts/${frame}`, Object.assign(known, { body }));
  };
}
