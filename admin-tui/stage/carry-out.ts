import { follow } from './follow.ts';
import { takeProblems } from './form.ts';
import type { FormFrame } from './frame.ts';
import type { Do, Next } from './screen.ts';
import type { Kit } from './stage.ts';
import { putFrame, type Store, say, topFrame } from './store.ts';

/** Does what a key asks for, and goes where it leads; what the door refuses is said. */
export function carryOut(kit: Kit, store: Store, todo: Do): void {
  const was = topFrame(store.get())?.id;
  store.set({ ...store.get(), busy: true });
  void todo(kit).then(
    (next) => goOn(kit, store, { was, next }),
    (error: unknown) => tellTrouble(kit, store, error),
  );
}

/** Submits a form; a refusal of a field stands at that field. */
export function submit(kit: Kit, store: Store, { screen, values }: FormFrame): void {
  carryOut(kit, store, (tools) => screen.submit.do(values, tools));
}

/** An answer that comes when another screen is up already leads nowhere. */
function goOn(kit: Kit, store: Store, { was, next }: { was: number | undefined; next: Next }): void {
  if (topFrame(store.get())?.id === was) follow(kit, store, next);
  else store.set({ ...store.get(), busy: false });
}

/** Says what went wrong; when the session is over, signing in again comes on top of what is there. */
export function tellTrouble(kit: Kit, store: Store, error: unknown): void {
  const trouble = kit.explain(error);
  store.set({ ...store.get(), upsets: store.get().upsets + 1 });
  const top = topFrame(store.get());
  if (trouble.trouble === 'ended') {
    kit.session.token = undefined;
    follow(kit, store, { next: 'go', screen: kit.signInAgain() });
    return;
  }
  const field = trouble.trouble === 'refused' ? trouble.field : undefined;
  const known = top?.kind === 'form' ? fieldNamed(top, field) : undefined;
  const state = { ...store.get(), busy: false };
  if (top?.kind === 'form' && known !== undefined)
    store.set(putFrame(state, takeProblems(top, { [known]: trouble.message })));
  else store.set(say(state, trouble.message, 'problem'));
}

/** The field that the door means: by its whole name, or by the part of it that a form has as one field. */
function fieldNamed({ screen }: FormFrame, field: string | undefined): string | undefined {
  const names = [field, field?.split('.')[0], field?.split('.')[1]];
  return names.find((name) => screen.fields.some((each) => each.name === name));
}
