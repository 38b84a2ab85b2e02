import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { InferRequestType, InferResponseType } from 'hono/client';
import type { Door } from './api.ts';
import { bodyOf } from './body-of.ts';

type One = Door['imports'][':id'];

/** An import as the door tells of one. */
export type Import = InferResponseType<One['$get'], 200>;
/** What can be chosen for an import. */
export type ImportSettings = InferRequestType<One['settings']['$put']>['json'];
/** A file as the door understands it. */
export type ImportLook = NonNullable<Import['look']>;

/** Sends a file, streamed, and gives how the door understands it. Rejects as opening a file does when it cannot be read. */
export async function uploadImport(door: Door, file: string): Promise<Import> {
  await using handle = await open(file, 'r');
  const query = { fileName: basename(file).slice(0, 200) };
  // Headers here would take the place of those the client sends by itself.
  return await bodyOf(door.imports.$post({ query }, { init: { body: streamOf(handle) } }));
}

const pieceSize = 64 * 1024;

function streamOf(handle: FileHandle): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceSize));
      if (bytesRead === 0) controller.close();
      else controller.enqueue(buffer.subarray(0, bytesRead));
    },
  });
}

/** Chooses how a file is read; the import needs a dry run then. */
export async function chooseForImport(door: Door, id: string, json: ImportSettings): Promise<Import> {
  return bodyOf(door.imports[':id'].settings.$put({ param: { id }, json }));
}

/** Begins a dry run (`check`) or a run, or asks the one under way to stop (`cancel`); follow it with `followImport`. */
export async function stepImport(door: Door, id: string, step: 'check' | 'run' | 'cancel'): Promise<Import> {
  return bodyOf(door.imports[':id'][step].$post({ param: { id } }));
}

/** Reads how far an import is. */
export async function readImport(door: Door, id: string): Promise<Import> {
  return bodyOf(door.imports[':id'].$get({ param: { id } }));
}

/** Removes an import: its file at the server, and what came of its rows. */
export async function discardImport(door: Door, id: string): Promise<void> {
  await bodyOf(door.imports[':id'].$delete({ param: { id } }));
}

const [soonest, latest] = [40, 500];

/** Tells again and again how far an import is, until it is no longer under way; gives how it ended. */
export async function followImport(door: Door, id: string, tell: (one: Import) => void): Promise<Import> {
  for (let wait = soonest; ; wait = Math.min(latest, wait * 1.5)) {
    const one = await readImport(door, id);
    tell(one);
    if (one.state !== 'checking' && one.state !== 'running') return one;
    await setTimeout(wait);
  }
}

/** Saves what came of each row as CSV, in a new file of the user's alone; rejects with `EEXIST` when it is there already. */
export async function saveImportResult(door: Door, id: string, file: string): Promise<void> {
  await using handle = await open(file, 'wx', 0o600);
  const { body } = await door.imports[':id'].result.$get({ param: { id }, query: { format: 'csv' } });
  if (body) for await (const chunk of body) await handle.writeFile(chunk);
}
