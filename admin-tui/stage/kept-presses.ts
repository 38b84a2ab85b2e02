import type { Act } from './binding.ts';
import type { KeyPress } from './key-press.ts';
import { type StageState, topFrame } from './store.ts';

/** More than this nobody types ahead: something is stuck on a key. */
const most = 1000;

/** Presses in the order in which they came, obeyed as soon as they can be. */
export interface KeptPresses {
  /** Takes a press in, behind those that wait. */
  add(press: KeyPress): void;
  /** Obeys what can be obeyed by now. */
  obey(): void;
}

/** What keeping presses needs: what a press means now, and how it is obeyed. */
interface Obeying {
  get(): StageState;
  actOf(press: KeyPress): Act | undefined;
  obey(act: Act): void;
}

/** Keeps what is pressed while an answer or the rows of a list are awaited, so that one can type ahead of a slow server. */
export function keepPresses({ get, actOf, obey }: Obeying): KeptPresses {
  let waiting: KeyPress[] = [];
  let upsets = 0;
  let asking: KeyPress | undefined;
  const take = (press: KeyPress) => {
    const act = actOf(press);
    if (!act) return;
    obey(act);
    asking = get().busy ? press : undefined;
  };
  /** Letters that came at once and go into no text are as many presses. */
  const firstOf = () => {
    const [press, ...rest] = waiting;
    const isMany = press?.key === 'text' && press.text.length > 1;
    if (isMany && !get().busy && !actOf(press)) waiting = [...lettersOf(press.text), ...rest];
    return waiting[0];
  };
  const obeyAll = () => {
    // What went wrong was not foreseen by who typed on.
    if (get().upsets !== upsets) waiting = [];
    upsets = get().upsets;
    for (let next = firstOf(); next && mayObey(get(), next, actOf(next)); next = firstOf()) {
      waiting.shift();
      take(next);
    }
  };
  return {
    obey: obeyAll,
    add(press) {
      if (press.key === 'leave') return take(press);
      // A second press must not do a thing twice.
      const again = get().busy && waiting.length === 0 && asking !== undefined && isSame(asking, press);
      if (again || waiting.length >= most) return;
      waiting.push(press);
      obeyAll();
    },
  };
}

function lettersOf(text: string): KeyPress[] {
  return Array.from(text, (letter) => ({ key: 'text', text: letter }));
}

function isSame(one: KeyPress, other: KeyPress): boolean {
  return one.key === other.key && (one.key !== 'text' || other.key !== 'text' || one.text === other.text);
}

/** While rows are awaited, only what does not depend on them is obeyed. */
function mayObey(state: StageState, press: KeyPress, act: Act | undefined): boolean {
  if (state.busy) return false;
  const top = topFrame(state);
  if (state.help || top?.kind !== 'list' || top.loaded.state !== 'loading') return true;
  if (!act || act.act === 'do') return false;
  return !isAmongRows(press) || (top.typing !== undefined && (press.key === 'home' || press.key === 'end'));
}

function isAmongRows({ key }: KeyPress): boolean {
  return ['up', 'down', 'page-up', 'page-down', 'home', 'end'].includes(key);
}
