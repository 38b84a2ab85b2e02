import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { FormScreen, Next, Tools, Values } from '../stage/screen.ts';

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

async function write(values: Values, tools: Tools, exported: Exported): Promise<Next> {
  const format = values.format === 'json' || values.format === 'ndjson' ? values.format : 'csv';
  const typed = (values.file ?? '').trim();
  const named = /\.[a-z]+$/.test(typed) ? typed : `${typed}.${format}`;
  const file = resolve(named.replace(/^~(?=\/)/, homedir()));
  const { exports } = tools.words;
  try {
    await using handle = await open(file, 'wx', 0o600);
    const { body } = await exported.read(tools, format);
    if (body) for await (const chunk of body) await handle.writeFile(chunk);
    return { next: 'back', said: exports.written(file) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return { next: 'problems', problems: { file: exports.exists } };
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'EPERM')
      return { next: 'problems', problems: { file: exports.cannot } };
    throw error;
  }
}
