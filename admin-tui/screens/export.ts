import { type FileHandle, open, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { FormScreen, Next, Progress, Tools, Values, WorkScreen } from '../stage/screen.ts';
import { countOf } from './standing.ts';

type Format = 'csv' | 'json' | 'ndjson';

/** A list that can be taken out, and what its file is called at first. */
export interface Exported {
  name: string;
  read(tools: Tools, format: Format): Promise<{ body: ReadableStream<Uint8Array> | null }>;
}

/** Writes a whole list into a new file, streamed, so that a million rows are no trouble. */
export function exportForm({ words }: Tools, exported: Exported): FormScreen {
  const { exports } = words;
  const formats = (['csv', 'json', 'ndjson'] as const).map((value) => ({
    value,
    label: exports.formats[value],
  }));
  return {
    kind: 'form',
    title: exports.title,
    intro: [exports.intro],
    typing: 'at once',
    fields: [
      { name: 'format', label: exports.format, value: 'csv', input: formats },
      { name: 'file', label: exports.file, hint: exports.fileHint, value: exported.name, input: 'text' },
    ],
    submit: { legend: exports.write, do: (values, tools) => write(values, tools, exported) },
  };
}

/** Makes the file, and then fills it as work that can be seen and stopped. */
async function write(values: Values, tools: Tools, exported: Exported): Promise<Next> {
  const format = values.format === 'json' || values.format === 'ndjson' ? values.format : 'csv';
  const typed = (values.file ?? '').trim();
  const named = /\.[a-z]+$/.test(typed) ? typed : `${typed}.${format}`;
  const file = resolve(named.replace(/^~(?=\/)/, homedir()));
  const { exports } = tools.words;
  try {
    const handle = await open(file, 'wx', 0o600);
    return { next: 'go', screen: fillScreen(tools, { exported, format, file, handle }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return { next: 'problems', problems: { file: exports.exists } };
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'EPERM')
      return { next: 'problems', problems: { file: exports.cannot } };
    throw error;
  }
}

interface Filling {
  exported: Exported;
  format: Format;
  file: string;
  handle: FileHandle;
}

/** A file that was not filled to its end is taken away again. */
function fillScreen({ words }: Tools, { exported, format, file, handle }: Filling): WorkScreen {
  return {
    kind: 'work',
    title: words.exports.title,
    async run(tools, report, signal) {
      const { exports } = tools.words;
      let whole = false;
      try {
        const reading = exported.read(tools, format);
        whole = await fill(tools, { reading, handle }, { report, signal });
      } finally {
        await handle.close();
        if (!whole) await unlink(file);
      }
      return whole
        ? { next: 'back', steps: 2, said: exports.written(file) }
        : { next: 'back', said: exports.stopped };
    },
  };
}

interface Course {
  report(progress: Progress): void;
  signal: AbortSignal;
}

interface Read {
  reading: ReturnType<Exported['read']>;
  handle: FileHandle;
}

/** Tells whether all of it was written; a stop does not wait for a slow server. */
async function fill(tools: Tools, { reading, handle }: Read, { report, signal }: Course): Promise<boolean> {
  const stopped = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const reader = (await Promise.race([reading, stopped]))?.body?.getReader();
  let bytes = 0;
  for (;;) {
    const read = await Promise.race([reader?.read(), stopped]);
    if (signal.aborted) await reader?.cancel();
    if (signal.aborted) return false;
    if (!read?.value) return true;
    await handle.writeFile(read.value);
    bytes += read.value.length;
    const far = tools.words.stage.progressUnknown(`${countOf(tools, Math.ceil(bytes / 1000))} kB`);
    report({ done: bytes, total: null, lines: [far] });
  }
}
