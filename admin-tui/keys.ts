import type { Words } from '../src/words/words.ts';
import { type Act, type Binding, bindKey, bindLetter } from './stage/binding.ts';
import { isTyping, typeInForm } from './stage/form.ts';
import { formBindings } from './stage/form-keys.ts';
import type { Frame } from './stage/frame.ts';
import type { KeyPress } from './stage/key-press.ts';
import { typeInList } from './stage/list.ts';
import { listBindings } from './stage/list-keys.ts';
import { type StageState, topFrame } from './stage/store.ts';

type StageWords = Words['screens']['stage'];

/** Every key that is obeyed now, in the order in which they are shown: the one list that is both obeyed and shown. */
export function bindingsOf(state: StageState, { keys }: StageWords): Binding[] {
  const frame = topFrame(state);
  if (!frame) return [];
  if (state.help) return helpBindings(keys);
  switch (frame.kind) {
    case 'list':
      return [...listBindings(frame, keys), ...everywhere(state, frame, keys)];
    case 'form':
      return [...formBindings(frame, keys), ...everywhere(state, frame, keys)];
    case 'work':
      return [bindKey('escape', keys.stop, { act: 'stop' }), { press: 'leave', act: { act: 'stop' } }];
  }
}

/** What a press brings about: what its key is bound to, or text where something is typed; undefined for nothing. */
export function actOf(state: StageState, words: StageWords, press: KeyPress): Act | undefined {
  const found = bindingsOf(state, words).find((binding) => isPressed(binding, press));
  if (found) return found.act;
  const frame = topFrame(state);
  if (!frame || state.help || frame.kind === 'work') return undefined;
  const typed = frame.kind === 'list' ? typeInList(frame, press) : typeInForm(frame, press);
  return typed && { act: 'change', frame: typed };
}

function isPressed({ press: bound }: Binding, press: KeyPress): boolean {
  if (typeof bound === 'string') return bound === press.key;
  return press.key === 'text' && press.text === bound.letter;
}

function helpBindings(keys: StageWords['keys']): Binding[] {
  const act = { act: 'help' } as const;
  return [
    bindKey('escape', keys.closeHelp, act),
    { press: 'enter', act },
    { press: 'help', act },
    { press: { letter: '?' }, act },
    { press: { letter: 'q' }, act },
    { press: 'leave', act: { act: 'leave' } },
  ];
}

/** Back, help and leave; by letters only where none is typed. */
function everywhere({ frames }: StageState, frame: Frame, keys: StageWords['keys']): Binding[] {
  const typing =
    frame.kind === 'list' ? frame.typing !== undefined : frame.kind === 'form' && isTyping(frame);
  const escapes = (frame.kind === 'list' && typing) || (frame.kind === 'form' && frame.editing !== undefined);
  const back = frames.length > 1 && !escapes ? [bindKey('escape', keys.back, { act: 'back' } as const)] : [];
  const [help, leave] = [{ act: 'help' } as const, { act: 'leave' } as const];
  if (typing)
    return [...back, bindKey('help', keys.helpTyping, help), bindKey('leave', keys.leaveTyping, leave)];
  return [
    ...back,
    bindLetter(keys.help, help),
    { press: 'help', act: help },
    bindLetter(keys.leave, leave),
    { press: 'leave', act: leave },
  ];
}
