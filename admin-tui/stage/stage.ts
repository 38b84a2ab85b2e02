import { actOf } from '../keys.ts';
import type { Act } from './binding.ts';
import { carryOut, submit } from './carry-out.ts';
import { follow } from './follow.ts';
import { keepPresses } from './kept-presses.ts';
import type { KeyPress } from './key-press.ts';
import { watchLists } from './load.ts';
import type { Screen, Tools } from './screen.ts';
import { makeStore, putFrame, type StageState, type Store, say, topFrame } from './store.ts';
import type { Trouble } from './trouble.ts';
import { watchWork } from './work.ts';

/** What the stage needs from outside besides what screens are handed. */
export interface Kit extends Tools {
  /** The screen on which one signs in again; what is under it stays. */
  signInAgain(): Screen;
  /** The question that is asked before typed text is thrown away. */
  askToDrop(leave: 'screen' | 'all'): Screen;
  /** Says what went wrong with the door; throws what is no trouble of the door. */
  explain(error: unknown): Trouble;
}

/** The stage: it obeys keys, fetches what its screens need, and is drawn by a renderer. */
export interface Stage {
  get(): StageState;
  subscribe(listener: () => void): () => void;
  press(press: KeyPress): void;
  /** Settles once the administrator has left. */
  ended: Promise<void>;
}

/** Puts the first screen up. */
export function openStage(kit: Kit, first: Screen): Stage {
  const store = makeStore();
  store.subscribe(watchLists(kit, store));
  store.subscribe(watchWork(kit, store));
  const ended = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (!store.get().open) resolve();
    });
  });
  follow(kit, store, { next: 'begin', screen: first });
  const { get, subscribe } = store;
  const presses = keepPresses({
    get,
    actOf: (press) => actOf(get(), kit.words.stage, press),
    obey: (act) => obeyAnew(kit, store, act),
  });
  // Later, so that whoever draws the stage has seen each state.
  subscribe(() => queueMicrotask(presses.obey));
  return { get, subscribe, ended, press: presses.add };
}

/** Whatever was said before is old by the next thing that is done. */
function obeyAnew(kit: Kit, store: Store, act: Act): void {
  if (act.act !== 'change') store.set(say(store.get(), ''));
  obey(kit, store, act);
}

function obey(kit: Kit, store: Store, act: Act): void {
  const state = store.get();
  const frame = topFrame(state);
  switch (act.act) {
    case 'change':
      store.set(putFrame(state, act.frame));
      break;
    case 'do':
      carryOut(kit, store, act.do);
      break;
    case 'submit':
      if (frame?.kind === 'form') submit(kit, store, frame);
      break;
    case 'help':
      store.set({ ...state, help: !state.help });
      break;
    case 'stop':
      if (frame?.kind === 'work') store.set(putFrame(state, { ...frame, stopping: true }));
      break;
    default:
      follow(kit, store, { next: act.act }, 'ask');
  }
}
