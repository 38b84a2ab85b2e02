import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stateHomeOf } from '../helpers/admin-house.ts';

const main = fileURLToPath(new URL('../../dist/admin-tui/main.js', import.meta.url));

/** Runs `sparekey-admin` as a process of its own on a data folder; gives what it wrote and its exit code. */
export async function typeCommand(
  dataDir: string,
  args: string[],
  env: Record<string, string> = { LANG: 'en_GB.UTF-8' },
) {
  return pipeCommand(dataDir, args, { input: '', env });
}

/** As `typeCommand`, with something on the standard input. */
export async function pipeCommand(
  dataDir: string,
  args: string[],
  { input, env = { LANG: 'en_GB.UTF-8' } }: { input: string; env?: Record<string, string> },
) {
  const child = spawn(process.execPath, [main, ...args], { cwd: tmpdir(), env: environmentOf(dataDir, env) });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, said, code };
}

/** What a command sees of the environment. */
export function environmentOf(dataDir: string, env: Record<string, string> = {}) {
  return { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, XDG_STATE_HOME: stateHomeOf(dataDir), ...env };
}

/** The program, to be run by Node in a terminal. */
export const sparekeyAdmin = main;
