import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { spawnServer } from '../helpers/server.ts';
import { openTerminal } from '../helpers/tmux.ts';

const program = fileURLToPath(new URL('../../dist/admin-tui/main.js', import.meta.url));
/** What the administrator of the story chooses. */
export const password = 'correct horse battery';

/** A house that has just been started for the first time, with a file of a thousand people beside it. */
export async function startHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'sk-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await spawnServer({ folder });
  await server.hasWritten('Sparekey is at');
  const token = /one-time token:\s+(\S+)/.exec(server.out())?.[1] ?? '';
  const people = Array.from(
    { length: 1000 },
    (_, n) => `m${n};Mens ${n};m${n}@example.org;020 794 ${1000 + n}`,
  );
  const file = join(folder, 'mensen.csv');
  await writeFile(file, `Gebruikersnaam;Weergavenaam;E-mail werk;Kantoortelefoon\n${people.join('\n')}\n`);
  return { folder, file, token };
}

interface Wanted {
  size: { columns: number; rows: number };
  env?: string[];
  /** Started from a shell, which says so when the program has ended. */
  shell?: boolean;
}

/** The command that starts the administrators’ program on a house, with nothing of this machine’s environment. */
export function adminCommand(folder: string, env: readonly string[] = []): string[] {
  const own = ['TERM=screen-256color', `PATH=${process.env.PATH}`, `DATA_DIR=${join(folder, 'data')}`];
  return ['env', '-i', ...own, ...env, process.execPath, program];
}

/** Opens the administrators’ program in a terminal of this size, with nothing of this machine’s environment. */
export async function openAdmin(folder: string, { size, env = [], shell = false }: Wanted) {
  const started = adminCommand(folder, env);
  const quoted = started.map((word) => `'${word}'`).join(' ');
  const command = shell ? ['sh', '-c', `${quoted}; echo the shell is back; sleep 60`] : started;
  const terminal = await openTerminal(command, size);
  onTestFinished(() => terminal.close());
  return terminal;
}
