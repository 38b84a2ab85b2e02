import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../admin-tui/main.ts', import.meta.url));

/** Runs `sparekey-admin` as a process of its own on a data folder; gives what it wrote and its exit code. */
export async function typeCommand(
  dataDir: string,
  args: string[],
  env: Record<string, string> = { LANG: 'en_GB.UTF-8' },
) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, said, code };
}
