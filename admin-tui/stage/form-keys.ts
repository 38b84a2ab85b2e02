import type { Words } from '../../src/words/words.ts';
import { type Binding, bindKey, bindScreenKey, change, shownIn } from './binding.ts';
import { beginEditing, endEditing, fieldAt, isTyping, moveInForm, turnChoice } from './form.ts';
import type { FormFrame } from './frame.ts';

type Legends = Words['screens']['stage']['keys'];

/** The keys of a form, in the order in which they are shown. */
export function formBindings(frame: FormFrame, legends: Legends): Binding[] {
  return frame.editing === undefined ? filling(frame, legends) : editing(frame, legends);
}

function editing(frame: FormFrame, legends: Legends): Binding[] {
  return [
    bindKey('enter', legends.endEditing, change(endEditing(frame, true))),
    bindKey('escape', legends.dropEditing, change(endEditing(frame, false))),
  ];
}

function filling(frame: FormFrame, legends: Legends): Binding[] {
  const field = fieldAt(frame);
  const isChoice = field !== undefined && typeof field.input !== 'string';
  const { submit, fields, keys = [] } = frame.screen;
  const entering = enter(frame, legends);
  const saving = bindKey('save', `^S ${submit.legend}`, { act: 'submit' });
  return [
    ...(fields.length === 0 ? [] : moves(frame, legends)),
    ...(isChoice ? turns(frame, legends) : []),
    entering,
    entering.act.act === 'submit' ? { press: saving.press, act: saving.act } : saving,
    ...(isTyping(frame) ? [] : keys.map(bindScreenKey)),
  ];
}

function moves(frame: FormFrame, legends: Legends): Binding[] {
  return [
    { press: 'down', shown: shownIn(legends.field), act: change(moveInForm(frame, 1)) },
    { press: 'up', act: change(moveInForm(frame, -1)) },
    { press: 'tab', act: change(moveInForm(frame, 1)) },
    { press: 'back-tab', act: change(moveInForm(frame, -1)) },
  ];
}

function turns(frame: FormFrame, legends: Legends): Binding[] {
  return [
    { press: 'right', shown: shownIn(legends.turn), act: change(turnChoice(frame, 1)) },
    { press: 'left', act: change(turnChoice(frame, -1)) },
    { press: { letter: ' ' }, act: change(turnChoice(frame, 1)) },
  ];
}

/** In a short form enter goes on, and behind the last field it submits; in a long one it opens the field. */
function enter(frame: FormFrame, legends: Legends): Binding {
  const field = fieldAt(frame);
  const { submit, typing, fields } = frame.screen;
  const atOnce = typing === 'at once';
  if (!field || (atOnce && frame.at === fields.length - 1))
    return bindKey('enter', `enter ${submit.legend}`, { act: 'submit' });
  if (atOnce) return bindKey('enter', legends.nextField, change(moveInForm(frame, 1)));
  if (typeof field.input === 'string') return bindKey('enter', legends.edit, change(beginEditing(frame)));
  return { press: 'enter', act: change(turnChoice(frame, 1)) };
}
