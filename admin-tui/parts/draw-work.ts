import type { Words } from '../../src/words/words.ts';
import type { WorkFrame } from '../stage/frame.ts';
import { barOf, type Room } from './draw-list.ts';
import { type Drawn, emptyLine, line, wrapText } from './drawn.ts';

/** Draws long work: a bar with its numbers, and what else there is to say. */
export function drawWork(frame: WorkFrame, words: Words['screens']['stage'], { width }: Room): Drawn {
  const { progress, stopping } = frame;
  const state = line(stopping ? words.stopping : words.busy, 'quiet');
  if (!progress) return { lines: [state] };
  const bar = progress.total === null ? [] : [barLine(progress.done, progress.total, Math.min(60, width))];
  const told = progress.lines.flatMap((text) => wrapText(text, width).map((each) => line(each)));
  return { lines: [...bar, ...(bar.length === 0 ? [] : [emptyLine]), ...told, emptyLine, state] };
}

function barLine(done: number, total: number, width: number) {
  return line(barOf(total === 0 ? 1 : done / total, width), 'bar');
}
