import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

/** A terminal of a program, on a server and in a home folder of its own. */
export interface Terminal {
  /** Presses keys by tmux's names: `Down`, `Enter`, `C-u`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types text as it is. */
  type(text: string): Promise<void>;
  /** What stands on the screen now. */
  read(): Promise<string>;
  /** Waits until this stands on the screen, and gives the screen. */
  see(what: string | RegExp): Promise<string>;
  /** What stands on the screen now, with the codes for its colours and weights. */
  readLooks(): Promise<string>;
  /** Gives the window another size. */
  resize(columns: number, rows: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a program in a terminal; the screen is tall, so that a whole page fits. */
export async function openTerminal(
  command: readonly string[],
  { columns = 120, rows = 150 } = {},
): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'sparekey-terminal-'));
  const server = `sparekey-${randomUUID()}`;
  const tmux = async (...asked: readonly string[]) =>
    (await run('tmux', ['-L', server, '-f', '/dev/null', ...asked])).stdout;
  const size = ['-x', String(columns), '-y', String(rows)];
  const env = ['env', `HOME=${home}`, 'LANG=C.UTF-8', 'LC_ALL=C.UTF-8', 'TERM=screen-256color'];
  await tmux('new-session', '-d', ...size, ...env, ...command);
  const read = async () => (await tmux('capture-pane', '-p')).replace(/[^\S\n]+$/gm, '');
  return {
    read,
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    type: async (text) => void (await tmux('send-keys', '-l', '--', text)),
    async see(what) {
      await expect.poll(read, { timeout: 60_000, interval: 40 }).toMatch(what);
      return read();
    },
    readLooks: () => tmux('capture-pane', '-p', '-e'),
    resize: async (wide, high) => void (await tmux('resize-window', '-x', String(wide), '-y', String(high))),
    async close() {
      await tmux('kill-server').catch(() => {});
      // A program may still write its last settings when its terminal is gone.
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
