import { dirname, join, parse } from 'node:path';
import { followImport, type Import, saveImportResult, stepImport } from '../imports.ts';
import type { Next, Progress, Tools, WorkScreen } from '../stage/screen.ts';
import { importScreen } from './import.ts';
import { countOf } from './standing.ts';
import { timeWords } from './time-words.ts';

interface Work {
  step: 'check' | 'run' | 'follow' | 'result';
  /** Where the file was read, so that the result comes beside it. */
  path: string | undefined;
}

/** A dry run or a run while it is under way; afterwards the result is written to a file. */
export function followScreen({ words }: Tools, one: Import, { step, path }: Work): WorkScreen {
  return {
    kind: 'work',
    title: words.imports.work[step],
    async run(tools, report, signal) {
      const { id } = one;
      if (step === 'result') return saveResult(tools, one, path);
      if (step !== 'follow') await stepImport(tools.door(), id, step);
      const cancel = () => void stepImport(tools.door(), id, 'cancel').catch(() => {});
      // It may have been stopped while the step was being asked for.
      if (signal.aborted) cancel();
      else signal.addEventListener('abort', cancel);
      const ended = await followImport(tools.door(), id, (now) => report(progressOf(tools, now)));
      return ended.state === 'checked' ? afresh(tools, one, { path }) : saveResult(tools, ended, path);
    },
  };
}

/** What has become of a file is read from its top, not from where one was in what it was before. */
function afresh(
  tools: Tools,
  one: Import,
  { path, said }: { path: string | undefined; said?: string },
): Next {
  const screen = importScreen(tools, one, path);
  return { next: 'swap', steps: 2, screen, ...(said === undefined ? {} : { said }) };
}

function progressOf(tools: Tools, { progress, totals }: Import): Progress {
  const { stage, imports } = tools.words;
  const { rowsDone, rowsTotal, share, rowsPerSecond, secondsLeft } = progress;
  const done = countOf(tools, rowsDone);
  const percent = Math.floor(share * 100);
  const far =
    rowsTotal === null
      ? imports.rowsFar(done, percent)
      : stage.progress(done, countOf(tools, rowsTotal), percent);
  const rate = rowsPerSecond === null ? [] : [stage.rate(countOf(tools, Math.round(rowsPerSecond)))];
  const left = secondsLeft === null ? [] : [stage.left(timeWords(stage, secondsLeft))];
  const refused = totals.refused === 0 ? [] : [imports.refusedSoFar(countOf(tools, totals.refused))];
  return {
    done: Math.round(share * 1000),
    total: 1000,
    lines: [[far, ...rate, ...left].join(', '), ...refused],
  };
}

/** Writes what came of each row into a new file: beside the one that was read, else where the terminal was started. */
async function saveResult(tools: Tools, one: Import, path: string | undefined): Promise<Next> {
  const { imports } = tools.words;
  const { id, fileName, state, totals } = one;
  const beside = path ?? fileName;
  const { name } = parse(beside);
  for (let count = 1; ; count += 1) {
    const file = join(dirname(beside), `${name}-${imports.resultName}${count === 1 ? '' : `-${count}`}.csv`);
    try {
      await saveImportResult(tools.door(), id, file);
      const ended = tools.all.imports.states[state];
      const said = imports.resultAt(ended, countOf(tools, totals.refused), file);
      return afresh(tools, one, { path, said });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
