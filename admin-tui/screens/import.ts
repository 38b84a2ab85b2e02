import { discardImport, type Import, readImport } from '../imports.ts';
import type { Do, ListScreen, Next, Page, Row, ScreenKey, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { columnScreen, settingsForm } from './import-forms.ts';
import { followScreen } from './import-work.ts';
import { countOf } from './standing.ts';

type Known = Pick<Import, 'id' | 'fileName'>;

/** One file: how it is understood, what a dry run found, and what came of it. */
export function importScreen(_: Tools, { id, fileName }: Known, path?: string): ListScreen {
  return {
    kind: 'list',
    title: fileName,
    readAll: true,
    page: async (tools): Promise<Page> => {
      const one = await readImport(tools.door(), id);
      const intro = introOf(tools, one);
      const rows = [...totalRows(tools, one), ...lookRows(tools, one), ...problemRows(tools, one)];
      return { intro, rows, keys: keysOf(tools, one, path) };
    },
  };
}

/** What has happened so far, and what comes next. */
function introOf({ words, all }: Tools, { state, look }: Import): string[] {
  const { advice } = words.imports;
  const problems = (look?.problems ?? []).map(({ message }) => words.stage.problem(message));
  const next = problems.length > 0 && state === 'uploaded' ? advice.columns : advice[state];
  return [
    `${all.imports.states[state]}. ${next}`.replace(/^./u, (letter) => letter.toUpperCase()),
    ...problems,
  ];
}

function totalRows(tools: Tools, { state, totals, progress }: Import): Row[] {
  if (state === 'uploaded') return [];
  const { imports } = tools.words;
  const { outcomes } = tools.all.imports;
  const counts = (['created', 'updated', 'disabled', 'same', 'refused'] as const).map((kind) => ({
    cells: [outcomes[kind], countOf(tools, totals[kind])],
  }));
  const dry = state === 'checking' || state === 'checked';
  const rows = [{ cells: [imports.rowsDone, countOf(tools, progress.rowsDone)] }, ...counts];
  return rows.map((row, index) =>
    index === 0 ? { ...row, heading: dry ? imports.wouldBe : imports.wasDone } : row,
  );
}

function lookRows(tools: Tools, one: Import): Row[] {
  const { look } = one;
  if (!look) return [];
  const { imports, settings } = { imports: tools.words.imports, settings: tools.all.imports };
  const columns = look.columns.map((column, index): Row => {
    const example = look.sample?.map((cells) => cells[index] ?? '').find((cell) => cell !== '') ?? '';
    const is = settings.fields[column.field];
    return {
      cells: [column.header || imports.nameless(index + 1), column.chosen ? imports.chosen(is) : is, example],
      open: async (inside) => ({ next: 'go', screen: columnScreen(inside, one, index) }),
    };
  });
  const read = imports.readAs(settings.encodings[look.encoding], settings.separators[look.separator]);
  return columns.map((row, index) =>
    index === 0 ? { ...row, heading: `${imports.columns} (${read})` } : row,
  );
}

function problemRows(tools: Tools, { problems, totals }: Import): Row[] {
  const { imports } = tools.words;
  const rows = problems.map(
    ({ line, userName, message }): Row => ({
      cells: [imports.line(line), userName, message],
    }),
  );
  const heading = imports.firstProblems(countOf(tools, totals.refused));
  return rows.map((row, index) => (index === 0 ? { ...row, heading } : row));
}

function keysOf(tools: Tools, one: Import, path: string | undefined): ScreenKey[] {
  const { keys } = tools.words.imports;
  if (tools.session.me?.role !== 'administrator') return [];
  const go =
    (step: 'check' | 'run' | 'follow' | 'result'): Do =>
    async (inside) => ({ next: 'go', screen: followScreen(inside, one, { step, path }) });
  const begun = one.state === 'checking' || one.state === 'running';
  const open = one.state === 'uploaded' || one.state === 'checked';
  const ended = one.state === 'done' || one.state === 'cancelled';
  const ready = one.state === 'checked' || one.state === 'interrupted';
  return [
    ...(open ? [{ legend: keys.check, do: go('check') }] : []),
    ...(ready
      ? [{ legend: keys.run, do: one.state === 'checked' ? askToRun(one, go('run')) : go('run') }]
      : []),
    ...(begun ? [{ legend: keys.follow, do: go('follow') }] : []),
    ...(open ? [{ legend: keys.settings, do: openSettings(one) }] : []),
    ...(ended ? [{ legend: keys.result, do: go('result') }] : []),
    ...(begun ? [] : [{ legend: keys.discard, do: discard(one) }]),
  ];
}

function openSettings(one: Import): Do {
  return async (tools) => ({ next: 'go', screen: settingsForm(tools, one) });
}

function askToRun({ totals }: Import, run: Do): Do {
  return async (tools) => {
    const { imports, stage } = tools.words;
    const numbers = { ...totals, changed: countOf(tools, totals.created + totals.updated + totals.disabled) };
    return {
      next: 'go',
      screen: askScreen({
        title: imports.runTitle,
        intro: [imports.runIntro(numbers.changed, countOf(tools, totals.refused))],
        answers: [
          { label: stage.cancel, do: async () => ({ next: 'back' }) },
          { label: imports.runYes, do: async (inside) => insteadOf(await run(inside)) },
        ],
      }),
    };
  };
}

function insteadOf(next: Next): Next {
  return next.next === 'go' ? { next: 'swap', screen: next.screen } : next;
}

function discard({ id }: Import): Do {
  return async (tools) => {
    await discardImport(tools.door(), id);
    return { next: 'back', said: tools.words.imports.discarded };
  };
}
