import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Door, openDoor } from '../../admin-tui/api.ts';
import {
  chooseForImport,
  followImport,
  type Import,
  type ImportSettings,
  stepImport,
  uploadImport,
} from '../../admin-tui/imports.ts';

const resultRows = z.array(
  z.strictObject({
    line: z.number(),
    userName: z.string(),
    outcome: z.string(),
    remarks: z.string(),
    firstPassword: z.string().nullable(),
  }),
);

/** What came of one row. */
export type ResultRow = z.infer<typeof resultRows>[number];

interface Ran {
  checked: Import;
  one: Import;
  rows: ResultRow[];
}

/** An administrator who imports files through the door. */
export interface Importer {
  door: Door;
  upload(bytes: string | Uint8Array): Promise<Import>;
  /** Uploads, chooses and does the dry run. */
  check(bytes: string | Uint8Array, settings?: ImportSettings): Promise<Import>;
  /** All of it, to its end: the import after its dry run and after its run, with what came of each row. */
  run(bytes: string | Uint8Array, settings?: ImportSettings): Promise<Ran>;
  rows(id: string): Promise<ResultRow[]>;
}

/** Makes an importer who stands before this door with this token. */
export function makeImporter({ socket, token }: { socket: string; token: string }): Importer {
  const door = openDoor({ at: { socket }, token, language: 'en' });
  const upload = async (bytes: string | Uint8Array) => {
    const folder = await mkdtemp(join(tmpdir(), 'sparekey-import-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'people.csv');
    await writeFile(file, bytes);
    return uploadImport(door, file);
  };
  const check = async (bytes: string | Uint8Array, settings: ImportSettings = {}) => {
    const { id } = await upload(bytes);
    await chooseForImport(door, id, settings);
    await stepImport(door, id, 'check');
    return followImport(door, id, () => {});
  };
  const rows = async (id: string) => {
    const answer = await door.imports[':id'].result.$get({ param: { id }, query: { format: 'json' } });
    return resultRows.parse(JSON.parse(await answer.text()));
  };
  const run = async (bytes: string | Uint8Array, settings: ImportSettings = {}) => {
    const checked = await check(bytes, settings);
    const { id } = checked;
    await stepImport(door, id, 'run');
    const one = await followImport(door, id, () => {});
    return { checked, one, rows: await rows(id) };
  };
  return { door, upload, check, run, rows };
}

/** Writes rows as CSV the way spreadsheets do: what needs quotes gets them. */
export function csvOf(rows: readonly (readonly string[])[], separator = ';'): string {
  const cell = (text: string) =>
    text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join('');
}
