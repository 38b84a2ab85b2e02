import type { Words } from '../../src/words/words.ts';
import { fieldAt, heldIn, isTyping } from '../stage/form.ts';
import type { FormFrame, Frame, ListFrame, WorkFrame } from '../stage/frame.ts';
import { typedInList } from '../stage/list.ts';
import { type StageState, topFrame } from '../stage/store.ts';
import { choiceLine, fieldLines, fieldPrompt, keyLines, pageLines, progressLine } from './spoken.ts';

type StageWords = Words['screens']['stage'];

/** What line mode writes for a change: whole lines, then what stays on the last line. */
export interface Spoken {
  lines: string[];
  /** Replaces nothing: it is written on a line of its own, without an end, so that typing goes on behind it. */
  prompt?: string;
  /** Written behind what is on the last line: what was typed, or its erasure. */
  echo?: string;
}

/** Tells what has to be said to somebody who knows the state before and not the one after. */
export function speak(before: StageState | undefined, after: StageState, words: StageWords): Spoken {
  const [was, now] = [before && topFrame(before), topFrame(after)];
  const said =
    after.said.count !== before?.said.count && after.said.text !== '' ? [saidLine(after, words)] : [];
  if (!now) return { lines: said };
  if (after.help && !before?.help) return { lines: [...said, ...keyLines(after, words)] };
  if (before?.help && !after.help) return { lines: said, ...promptOf(now, words) };
  const spoken = speakFrame(was, now, words);
  if (said.length > 0 && spoken.prompt === undefined)
    return { lines: [...said, ...spoken.lines], ...promptOf(now, words) };
  return { ...spoken, lines: [...said, ...spoken.lines] };
}

function saidLine({ said }: StageState, words: StageWords): string {
  return said.kind === 'problem' ? words.problem(said.text) : said.text;
}

function promptOf(frame: Frame, words: StageWords): { prompt?: string } {
  const prompt =
    frame.kind === 'form' ? fieldPrompt(frame, words) : frame.kind === 'list' && choiceLine(frame, words);
  return prompt ? { prompt } : {};
}

function speakFrame(was: Frame | undefined, now: Frame, words: StageWords): Spoken {
  const fresh = was?.id !== now.id;
  const title = fresh ? ['', now.screen.title] : [];
  switch (now.kind) {
    case 'list':
      return speakList(!fresh && was?.kind === 'list' ? was : undefined, now, { words, title });
    case 'form':
      return speakForm(!fresh && was?.kind === 'form' ? was : undefined, now, { words, title });
    case 'work':
      return speakWork(!fresh && was?.kind === 'work' ? was : undefined, now, { words, title });
  }
}

interface Saying {
  words: StageWords;
  title: string[];
}

function speakList(was: ListFrame | undefined, now: ListFrame, { words, title }: Saying): Spoken {
  const typed = typedInList(now);
  const read = newRows(was, now, words);
  if (typed && read === undefined) {
    if (was && was.typing === now.typing)
      return { lines: title, ...echoOf(was.search.text, now.search.text) };
    return { lines: title, prompt: `${typed.label}: ${typed.text}` };
  }
  if (typed) return { lines: read ?? [], prompt: `${typed.label}: ${typed.text}` };
  if (now.loaded.state === 'failed' && was?.loaded.state !== 'failed')
    return { lines: [...title, words.problem(now.loaded.problem)] };
  if (now.loaded.state === 'loading') return { lines: title };
  const same = was?.chosen === now.chosen && was.typing === now.typing;
  if (read === undefined && same && title.length === 0) return { lines: [] };
  const choice = choiceLine(now, words);
  const lines = [...title, ...(read ?? [])];
  return choice === undefined ? { lines } : { lines, prompt: choice };
}

/** What is read of rows that have just come; more rows behind those that were read are read as one comes to them. */
function newRows(was: ListFrame | undefined, now: ListFrame, words: StageWords): string[] | undefined {
  const page = now.loaded.page;
  const before = was?.loaded;
  if (now.loaded.state !== 'ready' || !page || (before?.state === 'ready' && before.page === page))
    return undefined;
  const grew = before?.state === 'ready' && was?.wanted === now.wanted;
  return grew ? [] : pageLines(now, page, words);
}

function speakForm(was: FormFrame | undefined, now: FormFrame, { words, title }: Saying): Spoken {
  const intro = was ? [] : [...(now.screen.intro ?? [])];
  const mended = Object.keys(now.problems).length < Object.keys(was?.problems ?? {}).length;
  const told = was?.problems === now.problems || mended;
  const moved = was?.at !== now.at || was.editing !== now.editing || !told;
  const field = fieldAt(now);
  if (was && !moved && field) {
    if (!isTyping(now))
      return was.values === now.values ? { lines: [] } : { lines: [], prompt: fieldPrompt(now, words) };
    return field.input === 'secret'
      ? { lines: [] }
      : { lines: [], ...echoOf(heldIn(was, field), heldIn(now, field)) };
  }
  if (was && !moved) return { lines: [] };
  const about = was?.at === now.at && told ? [] : fieldLines(now, words);
  return { lines: [...title, ...intro, ...about], prompt: fieldPrompt(now, words) };
}

function speakWork(was: WorkFrame | undefined, now: WorkFrame, { words, title }: Saying): Spoken {
  if (now.stopping && !was?.stopping) return { lines: [words.stopping] };
  const [before, after] = [tenthOf(was), tenthOf(now)];
  return {
    lines:
      after === before && was
        ? []
        : [...title, progressLine(now)].filter((text, index) => index === 0 || text),
  };
}

/** Progress is said at every tenth, not at every step. */
function tenthOf(frame: WorkFrame | undefined): number {
  const { done = 0, total = null } = frame?.progress ?? {};
  return total === null || total === 0 ? (frame?.progress ? 0 : -1) : Math.floor((done * 10) / total);
}

function echoOf(before: string, after: string): Pick<Spoken, 'echo'> {
  if (before === after) return {};
  if (after.startsWith(before)) return { echo: after.slice(before.length) };
  return before.startsWith(after)
    ? { echo: '\b \b'.repeat([...before.slice(after.length)].length) }
    : { echo: `\n${after}` };
}
