import type { Frame } from './frame.ts';

/** Everything that a renderer draws. */
export interface StageState {
  /** The screens one on another; the last is seen. */
  frames: readonly Frame[];
  /** How many frames were ever made: their ids. */
  made: number;
  /** Whether the keys are shown with what they do. */
  help: boolean;
  /** The last thing said, such as “Saved.”; `count` tells two alike apart. */
  said: { text: string; kind: 'done' | 'problem' | 'none'; count: number };
  /** Something was asked of the server and is not answered yet. */
  busy: boolean;
  /** How often something did not go as it was asked. */
  upsets: number;
  /** False once the administrator has left. */
  open: boolean;
}

/** Holds the state and tells who listens when it changes. */
export interface Store {
  get(): StageState;
  set(state: StageState): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a store with nothing on the stage. */
export function makeStore(): Store {
  const listeners = new Set<() => void>();
  const said = { text: '', kind: 'none', count: 0 } as const;
  let state: StageState = {
    frames: [],
    made: 0,
    help: false,
    said,
    busy: false,
    upsets: 0,
    open: true,
  };
  return {
    get: () => state,
    set(next) {
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The frame that is seen. */
export function topFrame({ frames }: StageState): Frame | undefined {
  return frames.at(-1);
}

/** Puts this frame in the place of the one with its id, wherever that stands; gone is gone. */
export function putFrame(state: StageState, frame: Frame): StageState {
  return { ...state, frames: state.frames.map((each) => (each.id === frame.id ? frame : each)) };
}

/** Says something to the administrator. */
export function say(state: StageState, text: string, kind: 'done' | 'problem' | 'none' = 'done'): StageState {
  if (text === '' && state.said.kind === 'none') return state;
  return { ...state, said: { text, kind: text === '' ? 'none' : kind, count: state.said.count + 1 } };
}
