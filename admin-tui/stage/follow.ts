import { takeProblems } from './form.ts';
import { type Frame, frameOf, isChanged } from './frame.ts';
import { reload } from './list.ts';
import type { Next, Screen } from './screen.ts';
import type { Kit } from './stage.ts';
import { putFrame, type StageState, type Store, say, topFrame } from './store.ts';

/** Goes where something leads; with `ask` not before the administrator agrees to lose what was typed. */
export function follow(kit: Kit, store: Store, next: Next, ask?: 'ask'): void {
  const asked = ask && questionBefore(kit, store.get(), next);
  const led = asked ? { ...store.get(), ...withFrame(store.get(), asked) } : lead(store.get(), next);
  const said = 'said' in next && next.said !== undefined && !asked ? say(led, next.said, kindOf(next)) : led;
  store.set({ ...said, busy: false });
}

function kindOf(next: Next): 'done' | 'problem' {
  return next.next === 'problems' ? 'problem' : 'done';
}

function questionBefore(kit: Kit, state: StageState, next: Next): Screen | undefined {
  const top = topFrame(state);
  if (next.next === 'leave' && state.frames.some(isChanged)) return kit.askToDrop('all');
  if (next.next === 'back' && top && isChanged(top)) return kit.askToDrop('screen');
  return undefined;
}

function lead(state: StageState, next: Next): StageState {
  switch (next.next) {
    case 'go':
      return withFrame(state, next.screen);
    case 'swap':
      return withFrame({ ...state, frames: state.frames.slice(0, -(next.steps ?? 1)) }, next.screen);
    case 'begin':
      return withFrame({ ...state, frames: [] }, next.screen);
    case 'back':
      return goBack(state, next.steps ?? 1);
    case 'stay':
      return reloadTop(state);
    case 'problems':
      return withProblems(state, next.problems);
    case 'leave':
      return { ...state, open: false };
  }
}

function withFrame(state: StageState, screen: Screen): StageState {
  const made = state.made + 1;
  return { ...state, made, help: false, frames: [...state.frames, frameOf(screen, made)] };
}

function goBack(state: StageState, steps: number): StageState {
  const frames = state.frames.slice(0, Math.max(1, state.frames.length - steps));
  return reloadTop({ ...state, frames, help: false });
}

function reloadTop(state: StageState): StageState {
  const top = topFrame(state);
  return top?.kind === 'list' ? putFrame(state, reload(top)) : state;
}

function withProblems(state: StageState, problems: Readonly<Record<string, string>>): StageState {
  const top: Frame | undefined = topFrame(state);
  const upset = { ...state, upsets: state.upsets + 1 };
  return top?.kind === 'form' ? putFrame(upset, takeProblems(top, problems)) : upset;
}
