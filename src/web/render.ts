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
  const text = typeof value === 'string' ? value : String(value);
  // Most of what is printed has nothing to escape.
  return unsafe.test(text) ? text.replace(/[&<>"']/g, (character) => escapes[character] ?? character) : text;
}

/** A view, compiled, and every name it asks for. */
interface Template {
  draw: TemplateFunction;
  names: readonly string[];
}

/**
 * A folder of views, each read and compiled once. In a view `part(view, props)` puts another one in, which knows what it
 * is given and nothing else: Eta's own `include` copies all that the view around it knows, at each part of a page.
 */
class Templates extends Eta {
  readonly #compiled = new Map<string, Template>();

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

  readonly part = (view: string, props: object): string => this.#templateOf(view).draw.call(this, props, {});

  /** Draws a view that must be given every name it asks for; Eta would take one that is not there for nothing. */
  whole(view: string, props: object): string {
    const { names, draw } = this.#templateOf(view);
    for (const name of names)
      if (!(name in props)) throw new Error(`The view ${view} asks for ${name}, which nobody gave.`);
    return draw.call(this, props, {});
  }

  #templateOf(view: string): Template {
    const known = this.#compiled.get(view);
    if (known) return known;
    const text = this.readFile(this.resolvePath(view));
    const names = new Set(text.matchAll(/\bit\.(\w+)/g).map(([, name = '']) => name));
    const template = { draw: this.compile(text), names: [...names] };
    this.#compiled.set(view, template);
    return template;
  }
}

/** The frame a view is put into: a page of its own, a row of the checklist, or none. */
export type FrameName = 'page' | 'row' | 'bare';

/** Renders a view with its props, in its frame. */
export type Render = <V extends keyof Views>(view: V, props: Views[V] & Frame, frame: FrameName) => string;

/** Makes the renderer of a folder of views. */
export function makeRender(views: string): Render {
  const templates = new Templates(views);
  return (view, props, frame) => {
    const body = templates.whole(view, props);
    return frame === 'bare' ? body : templates.whole(`parts/${frame}`, { ...props, body });
  };
}
