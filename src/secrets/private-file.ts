import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What reading a private file can give; `why` is a sentence for the operator and holds nothing of the file. */
export type PrivateFileRead =
  | { readonly result: 'read'; readonly text: string }
  | { readonly result: 'missing' }
  | { readonly result: 'unreadable'; readonly why: string };

/** Reads a file that is its owner's alone; one that others have rights to is `unreadable`, and only an absent one `missing`. */
export async function readPrivateFile(file: string): Promise<PrivateFileRead> {
  try {
    await using handle = await open(file, 'r');
    return (await isOpenToOthers(handle))
      ? { result: 'unreadable', why: `Others than its owner have rights to ${file}: give it mode 0600.` }
      : { result: 'read', text: await handle.readFile('utf8') };
  } catch (error) {
    const code = readErrorCode(error);
    if (code === 'ENOENT') return { result: 'missing' };
    return { result: 'unreadable', why: `${file} could not be read (${code}).` };
  }
}

/** Writes a file (mode 0600; its folder, if new, 0700) so that a crash leaves the old file or the new one, whole. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  const draft = join(folder, `.${basename(file)}.${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeDraft(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function writeDraft(draft: string, text: string): Promise<void> {
  await using handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(text, 'utf8');
  await handle.sync();
}

/** A rename outlives a power cut only once its folder is on disk too; Windows can't open folders and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/** Asked of the opened file, so that it can't be exchanged between the look and the reading. */
async function isOpenToOthers(handle: FileHandle): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const { mode } = await handle.stat();
  return (mode & 0o077) !== 0;
}

function readErrorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
