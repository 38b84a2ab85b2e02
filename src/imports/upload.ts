import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { newId } from '../secrets/random.ts';
import type { Language } from '../words/languages.ts';
import { type Encoding, makeEncodingProbe } from './encoding.ts';
import { fileOf, importFolder, noTotals } from './import.ts';
import { firstSettings } from './settings.ts';

/** The most that is taken in: a million rows of people are a fifth of it. */
export const largestUpload = 1024 ** 3;
const mostWaiting = 20;

/** A file as it comes in: its bytes, what its owner calls it, and who sends it in which language. */
export interface Upload {
  bytes: AsyncIterable<Uint8Array>;
  fileName: string;
  by: string;
  language: Language;
}

export type Kept =
  | { result: 'kept'; id: string }
  | { result: 'upload-empty' | 'upload-too-large' | 'too-many-uploads' };

/**
 * Keeps an uploaded file for its dry run, in a folder of its owner's alone, while its encoding is found out. It never
 * stands in memory; what is cut off or too large leaves nothing behind.
 */
export async function keepUpload(deps: Deps, upload: Upload): Promise<Kept> {
  if ((await countWaiting(deps)) >= mostWaiting) return { result: 'too-many-uploads' };
  const id = newId();
  const draft = `${fileOf(deps.config, id)}.part`;
  await mkdir(importFolder(deps.config), { recursive: true, mode: 0o700 });
  try {
    const written = await writeDraft(draft, upload.bytes);
    if (written.result !== 'written') return written;
    await rename(draft, fileOf(deps.config, id));
    await insertImport(deps, { id, upload, ...written });
    return { result: 'kept', id };
  } finally {
    await rm(draft, { force: true });
  }
}

async function countWaiting({ db }: Deps): Promise<number> {
  const waiting = await db
    .selectFrom('imports')
    .select('id')
    .where('state', 'in', ['uploaded', 'checked', 'interrupted', 'failed'])
    .execute();
  return waiting.length;
}

type Written =
  | { result: 'written'; size: number; encoding: Encoding }
  | { result: 'upload-empty' | 'upload-too-large' };

async function writeDraft(draft: string, bytes: AsyncIterable<Uint8Array>): Promise<Written> {
  await using handle = await open(draft, 'wx', 0o600);
  const probe = makeEncodingProbe();
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > largestUpload) return { result: 'upload-too-large' };
    probe.add(chunk);
    await handle.writeFile(chunk);
  }
  await handle.datasync();
  return size === 0 ? { result: 'upload-empty' } : { result: 'written', size, encoding: probe.result() };
}

async function insertImport(
  { db, now }: Deps,
  { id, upload, size, encoding }: { id: string; upload: Upload; size: number; encoding: Encoding },
): Promise<void> {
  await db
    .insertInto('imports')
    .values({
      id,
      file_name: upload.fileName,
      bytes: size,
      encoding,
      settings: JSON.stringify(firstSettings),
      uploaded_by: upload.by,
      uploaded_at: now(),
      language: upload.language,
      state: 'uploaded',
      started_at: null,
      alive_at: null,
      finished_at: null,
      rows_total: null,
      totals: JSON.stringify(noTotals()),
      problems: '[]',
    })
    .execute();
}

/** Removes the file of an import that needs it no more. */
export async function dropFile({ config }: Pick<Deps, 'config'>, id: string): Promise<void> {
  await rm(fileOf(config, id), { force: true });
}

/** The ids of the imports whose files are in this house's folder. */
export async function listFiles({ config }: Pick<Deps, 'config'>): Promise<string[]> {
  const names = await readdir(importFolder(config)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.csv')).map((name) => name.slice(0, -'.csv'.length));
}

/** Removes what uploads that were cut off have left: to be called when nothing is being uploaded. */
export async function dropDrafts({ config }: Pick<Deps, 'config'>): Promise<void> {
  const names = await readdir(importFolder(config)).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.part')))
    await rm(join(importFolder(config), name), { force: true });
}
