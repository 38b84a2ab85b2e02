import { Eta } from 'eta';
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

/** Lets Eta find the file of a view once: looking for it anew costs more than filling a small part. */
function findOnce(eta: Eta): Eta {
  const find = eta.resolvePath;
  const found = new Map<string, string>();
  eta.resolvePath = (view, options) => {
    const path = found.get(view) ?? find.call(eta, view, options);
    // Only such a path means the same file whichever view asks for it.
    if (view.startsWith('/')) found.set(view, path);
    return path;
  };
  return eta;
}

/** The frame a view is put into: a page of its own, a row of the checklist, or none. */
export type FrameName = 'page' | 'row' | 'bare';

/** Renders a view with its props, in its frame. */
export type Render = <V extends keyof Views>(view: V, props: Views[V] & Frame, frame: FrameName) => string;

/** Makes the renderer of a folder of views; templates are compiled once. */
export function makeRender(views: string): Render {
  const eta = findOnce(new Eta({ views, cache: true, autoTrim: [false, 'nl'], escapeFunction: escapeHtml }));
  const strict = makeStrict();
  return (view, props, frame) => {
    const body = eta.render(`/${view}`, strict(props, view));
    return frame === 'bare'
      ? body
      : eta.render(`/parts/${frame}`, strict({ ...props, body }, `parts/${frame}`));
  };
}
