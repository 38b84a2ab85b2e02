import { access, constants } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { wordsOf } from '../../src/words/words.ts';
import type { Door } from '../api.ts';
import { makeAsker } from '../ask-line.ts';
import { type Action, BadUsage, NotDone, readArgs, type Terminal, wantsJson } from '../command.ts';
import { importLines, lookLines, outcomeWords } from '../import-lines.ts';
import {
  chooseForImport,
  discardImport,
  followImport,
  type Import,
  saveImportResult,
  stepImport,
  uploadImport,
} from '../imports.ts';
import { plain, plainJson } from '../plain.ts';
import { makeProgressLine } from '../progress-line.ts';
import { importOptions, readChoices } from './import-choices.ts';

/** What was typed, and where the import is done. */
interface Importing {
  terminal: Terminal;
  door: Door;
  file: string;
  resultFile: string;
  json: boolean;
  dryRun: boolean;
  yes: boolean;
}

/** Imports people from a CSV file: a look, a dry run, and then, when that is wanted, the run with a result for each row. */
export const importPeople: Action = async (terminal, args) => {
  const { values, positionals } = readArgs(terminal, args, { options: importOptions, takes: 1 });
  const [file = ''] = positionals;
  const words = wordsOf(terminal.language).imports.terminal;
  const choices = readChoices(terminal, values);
  const { 'dry-run': dryRun = false, yes = false } = values;
  const json = wantsJson(terminal, values.format);
  const resultFile = values.result ?? `${basename(file, extname(file))}-result.csv`;
  if (!dryRun && !yes && !process.stdin.isTTY) throw new BadUsage(words.sayYes);
  if (!(await isReadable(file))) throw new NotDone(words.fileUnreadable(plain(file)));
  if (!dryRun && (await isThere(resultFile))) throw new NotDone(words.resultThere(plain(resultFile)));
  const door = await terminal.door();
  const { id } = await uploadImport(door, file);
  const importing = { terminal, door, file, resultFile, json, dryRun, yes };
  await lookAndRun(importing, await chooseForImport(door, id, choices));
};

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** What is not run leaves nothing at the server. */
async function lookAndRun(importing: Importing, one: Import): Promise<void> {
  const checked = await check(importing, one).catch(async (error: unknown) => {
    await discardImport(importing.door, one.id).catch(() => {});
    throw error;
  });
  const { terminal, door } = importing;
  const words = wordsOf(terminal.language).imports.terminal;
  const { refused } = checked.totals;
  if (importing.dryRun || !(await isWanted(importing))) {
    await discardImport(door, one.id);
    if (!importing.dryRun) throw new NotDone(words.notRun);
    terminal.say(words.nothingWritten);
    if (refused > 0) throw new NotDone(words.wouldBeRefused(refused));
    return;
  }
  await run(importing, checked);
}

async function check({ terminal, door, json, dryRun }: Importing, one: Import): Promise<Import> {
  const { say, out, language } = terminal;
  if (!json) for (const line of lookLines(language, one)) say(line);
  const problems = one.look?.problems ?? [];
  if (problems.length > 0) throw new NotDone(problems.map(({ message }) => plain(message)).join('\n'));
  const checked = await follow(terminal, { door, id: one.id, step: 'check' });
  if (checked.state !== 'checked') throw new NotDone(wordsOf(language).imports.terminal.notRun);
  if (json && dryRun) out(plainJson(summaryOf(checked, null)));
  // The data of a run is what the run did.
  if (!json) for (const line of importLines(language, checked)) (dryRun ? out : say)(line);
  return checked;
}

/** Follows a step to its end; Ctrl-C asks the server to stop behind the rows it is writing. */
async function follow(
  { language, say }: Terminal,
  { door, id, step }: { door: Door; id: string; step: 'check' | 'run' },
): Promise<Import> {
  const words = wordsOf(language).imports.terminal;
  const { stderr } = process;
  // A terminal without colours may be a dumb one, or read aloud: it gets lines.
  const line = makeProgressLine(stderr, { language, plain: !stderr.isTTY || stderr.getColorDepth() === 1 });
  const cancel = () => {
    line.end();
    say(words.cancelling);
    stepImport(door, id, 'cancel').catch(() => {});
  };
  process.once('SIGINT', cancel);
  try {
    await stepImport(door, id, step);
    return await followImport(door, id, (one) => line.show(one));
  } finally {
    process.removeListener('SIGINT', cancel);
    line.end();
  }
}

async function isWanted({ terminal, yes }: Importing): Promise<boolean> {
  if (yes) return true;
  const words = wordsOf(terminal.language).imports.terminal;
  const asker = makeAsker(process.stdin, process.stderr);
  try {
    return (await asker.ask(`${words.ask} `)).trim().toLowerCase().startsWith(words.yes);
  } finally {
    asker.close();
  }
}

async function run(importing: Importing, { id }: Import): Promise<void> {
  const { terminal, door, resultFile, json } = importing;
  const words = wordsOf(terminal.language).imports.terminal;
  const ended = await follow(terminal, { door, id, step: 'run' });
  await saveImportResult(door, id, resultFile);
  if (json) terminal.out(plainJson(summaryOf(ended, resultFile)));
  else for (const line of importLines(terminal.language, ended)) terminal.out(line);
  terminal.say(outcomeWords(terminal.language, ended));
  terminal.say(words.resultAt(plain(resultFile)));
  if (ended.settings.firstPasswords) terminal.say(words.passwordsAt);
  if (ended.state !== 'done') throw new NotDone(words.notAll);
  if (ended.totals.refused > 0) throw new NotDone(words.someRefused(ended.totals.refused));
}

/** What a script reads. */
function summaryOf({ state, totals, problems, progress, look }: Import, result: string | null) {
  const { rowsDone, rowsTotal, lastLine } = progress;
  return { state, rowsDone, rowsTotal, lastLine, totals, problems, columns: look?.columns ?? null, result };
}
