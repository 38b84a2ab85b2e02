import type { Words } from '../../src/words/words.ts';
import { type Binding, bindKey, bindLetter, bindScreenKey, change, shownIn } from './binding.ts';
import { type ListFrame, rowsOf } from './frame.ts';
import { beginSearch, chosenRow, endTyping, moveInList, reload, turnFilter } from './list.ts';

type Legends = Words['screens']['stage']['keys'];

/** The keys of a list, in the order in which they are shown. */
export function listBindings(frame: ListFrame, legends: Legends): Binding[] {
  return frame.typing === undefined ? choosing(frame, legends) : typing(frame, legends);
}

function typing(frame: ListFrame, legends: Legends): Binding[] {
  return [
    bindKey('enter', legends.endTyping, change(endTyping(frame, true))),
    ...moves(frame, legends),
    bindKey('escape', legends.dropTyping, change(endTyping(frame, false))),
  ];
}

function choosing(frame: ListFrame, legends: Legends): Binding[] {
  const row = chosenRow(frame);
  const { search, filters = [], asks } = frame.screen;
  const openLegend = row?.openLegend ?? (asks ? legends.answer : legends.open);
  return [
    ...moves(frame, legends),
    ...ends(frame),
    ...(row?.open ? [bindKey('enter', openLegend, { act: 'do', do: row.open })] : []),
    ...(search === undefined ? [] : [bindLetter(legends.search, change(beginSearch(frame)))]),
    ...(row?.keys ?? []).map(bindScreenKey),
    ...(frame.loaded.page?.keys ?? []).map(bindScreenKey),
    ...filters.map((filter) => bindLetter(filter.legend, change(turnFilter(frame, filter)))),
    ...(frame.loaded.state === 'failed' ? [bindLetter(legends.retry, change(reload(frame)))] : []),
  ];
}

function moves(frame: ListFrame, legends: Legends): Binding[] {
  if (rowsOf(frame).length < 2) return [];
  return [
    { press: 'down', shown: shownIn(legends.choose), act: change(moveInList(frame, 1)) },
    { press: 'up', act: change(moveInList(frame, -1)) },
    { press: 'page-down', act: change(moveInList(frame, 10)) },
    { press: 'page-up', act: change(moveInList(frame, -10)) },
  ];
}

function ends(frame: ListFrame): Binding[] {
  const count = rowsOf(frame).length;
  if (count < 2) return [];
  return [
    { press: 'home', act: change(moveInList(frame, -count)) },
    { press: 'end', act: change(moveInList(frame, count)) },
  ];
}
