import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { bodyOf } from '../body-of.ts';
import { uploadImport } from '../imports.ts';
import type { Do, FormScreen, ListScreen, Next, Row, Tools, Values } from '../stage/screen.ts';
import { importScreen } from './import.ts';
import { countOf, momentOf } from './standing.ts';

/** Files that were sent before, and a new one. */
export function importsScreen({ words }: Tools): ListScreen {
  const { imports } = words;
  return {
    kind: 'list',
    title: imports.title,
    page: async (tools) => {
      const told = await bodyOf(tools.door().imports.$get());
      const rows = told.imports.map(
        (one): Row => ({
          id: one.id,
          cells: [
            one.fileName,
            tools.all.imports.states[one.state],
            countOf(tools, one.progress.rowsDone),
            momentOf(one.uploadedAt),
            one.uploadedBy,
          ],
          open: async (inside) => ({ next: 'go', screen: importScreen(inside, one) }),
        }),
      );
      const may = tools.session.me?.role === 'administrator';
      const send: Do = async (inside) => ({ next: 'go', screen: fileForm(inside) });
      return {
        head: imports.head,
        rows,
        empty: imports.none,
        keys: may ? [{ legend: imports.newKey, do: send }] : [],
      };
    },
  };
}

/** Sends a file of this machine; nothing is changed by that. */
export function fileForm({ words }: Tools): FormScreen {
  const { imports } = words;
  return {
    kind: 'form',
    title: imports.fileTitle,
    intro: [imports.fileIntro],
    typing: 'at once',
    fields: [{ name: 'file', label: imports.file, hint: imports.fileHint, value: '', input: 'text' }],
    submit: { legend: imports.send, do: send },
  };
}

async function send({ file = '' }: Values, tools: Tools): Promise<Next> {
  const path = resolve(file.trim().replace(/^~(?=\/)/, homedir()));
  try {
    if ((await stat(path)).isDirectory())
      return { next: 'problems', problems: { file: tools.words.imports.fileIsFolder } };
    const one = await uploadImport(tools.door(), path);
    return { next: 'swap', screen: importScreen(tools, one, path) };
  } catch (error) {
    const why = whyUnreadable(tools, error);
    if (why === undefined) throw error;
    return { next: 'problems', problems: { file: why } };
  }
}

/** What the system said of the file, in words; undefined for anything else. */
function whyUnreadable({ words }: Tools, error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const { fileMissing, fileNotAllowed } = words.imports;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fileMissing;
    case 'EACCES':
    case 'EPERM':
      return fileNotAllowed;
    default:
      return undefined;
  }
}
