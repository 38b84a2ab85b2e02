import { Eta } from 'eta';
import type { Frame, Views } from './views.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) throw new Error('A view prints something that is not there.');
  return String(value).replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** Props that throw when a template asks for a name nobody gave; Eta alone would print "undefined". */
function strict<T extends object>(props: T, view: string): T {
  return new Proxy(props, {
    get(target, name, receiver) {
      if (typeof name === 'string' && !(name in target))
        throw new Error(`The view ${view} asks for ${name}, which nobody gave.`);
      return Reflect.get(target, name, receiver);
    },
  });
}

/** The frame a view is put into: a page of its own, a row of the checklist, or none. */
export type FrameName = 'page' | 'row' | 'bare';

/** Renders a view with its props, in its frame. */
export type Render = <V extends keyof Views>(view: V, props: Views[V] & Frame, frame: FrameName) => string;

/** Makes the renderer of a folder of views; templates are compiled once. */
export function makeRender(views: string): Render {
  const eta = new Eta({ views, cache: true, autoTrim: [false, 'nl'], escapeFunction: escapeHtml });
  return (view, props, frame) => {
    const body = eta.render(`./${view}`, strict(props, view));
    return frame === 'bare'
      ? body
      : eta.render(`./parts/${frame}`, strict({ ...props, body }, `parts/${frame}`));
  };
}
