import type { Language } from '../src/words/languages.ts';
import { wordsOf } from '../src/words/words.ts';
import type { Import } from './imports.ts';
import { widthOf } from './table.ts';

/** Where progress is shown: one line drawn again and again on a terminal, else now and then a line of its own. */
export interface ProgressLine {
  show(one: Import): void;
  end(): void;
}

/** The part of a stream that this needs. */
export interface Screen {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

const barWidth = 20;

/** Says how far an import is: “Import: 12,000 rows, 40 %, 8,000 a second, 2 s left”. */
export function progressWords(language: Language, one: Import): string {
  const words = wordsOf(language).imports.terminal;
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const { rowsDone, share, rowsPerSecond, secondsLeft } = one.progress;
  const what = one.state === 'checking' || one.state === 'checked' ? words.checking : words.running;
  const done = words.progress(numbers.format(rowsDone), Math.floor(share * 100));
  const rate = rowsPerSecond === null ? [] : [words.rate(numbers.format(rowsPerSecond))];
  const left =
    secondsLeft === null || share === 1 ? [] : [words.timeLeft(durationWords(language, secondsLeft))];
  return `${what}: ${[done, ...rate, ...left].join(', ')}`;
}

function durationWords(language: Language, seconds: number): string {
  const words = wordsOf(language).imports.terminal;
  return seconds < 90 ? words.seconds(Math.ceil(seconds)) : words.minutes(Math.round(seconds / 60));
}

/** Makes the line on this screen; `plain` keeps to lines of their own, as a dumb terminal or a screen reader needs them. */
export function makeProgressLine(
  screen: Screen,
  { language, plain }: { language: Language; plain: boolean },
): ProgressLine {
  return screen.isTTY === true && !plain ? drawnLine(screen, language) : writtenLines(screen, language);
}

function drawnLine(screen: Screen, language: Language): ProgressLine {
  let drawn = false;
  return {
    show(one) {
      const words = progressWords(language, one);
      const width = (screen.columns ?? 80) - 1;
      const bar = `[${'#'.repeat(Math.floor(one.progress.share * barWidth)).padEnd(barWidth, '-')}] `;
      const line = widthOf(bar + words) <= width ? bar + words : words.slice(0, width);
      screen.write(`\r${line.padEnd(width)}`);
      drawn = true;
    },
    end() {
      if (drawn) screen.write('\n');
      drawn = false;
    },
  };
}

/** A line whenever another tenth is done. */
function writtenLines(screen: Screen, language: Language): ProgressLine {
  let told = -1;
  return {
    show(one) {
      const tenth = Math.floor(one.progress.share * 10);
      if (tenth <= told) return;
      told = tenth;
      screen.write(`${progressWords(language, one)}\n`);
    },
    end() {
      told = -1;
    },
  };
}
