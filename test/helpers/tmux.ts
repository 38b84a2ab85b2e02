import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
  /** Waits until this stands still on the screen, and gives the screen. */
  see(what: string | RegExp): Promise<string>;
  /** What stands on the screen now, with the codes for its colours and weights. */
  readLooks(): Promise<string>;
  /** Gives the window another size. */
  resize(columns: number, rows: number): Promise<void>;
  close(): Promise<void>;
}

/** A word as tmux reads it. */
function quoted(word: string): string {
  if (/[\n\r]/.test(word)) throw new Error('A line is typed by its key.');
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** What was asked of tmux, waiting for its answer. */
interface Asked {
  resolve(said: string): void;
  reject(error: Error): void;
}

/** One client that asks a tmux server everything, its answers in order: a process for each question costs far more. */
function attachTo(server: string) {
  const args = ['-L', server, '-C', 'attach-session', '-f', 'no-output,ignore-size'];
  const client = spawn('tmux', args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const waiting: (Asked | undefined)[] = [undefined];
  let block: { end: string; lines: string[] } | undefined;
  let isGone = false;
  createInterface({ input: client.stdout }).on('line', (line) => {
    const [word = '', , number = ''] = line.split(' ');
    if (block === undefined) {
      if (word === '%begin') block = { end: number, lines: [] };
    } else if ((word === '%end' || word === '%error') && number === block.end) {
      const said = block.lines.join('\n');
      block = undefined;
      const asked = waiting.shift();
      if (word === '%end') asked?.resolve(said);
      else asked?.reject(new Error(said));
    } else block.lines.push(line);
  });
  const gone = () => new Error('The terminal is gone.');
  client.stdin.on('error', () => {});
  client.on('error', () => {});
  client.on('close', () => {
    isGone = true;
    for (const asked of waiting.splice(0)) asked?.reject(gone());
  });
  return (...words: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      if (isGone) return reject(gone());
      waiting.push({ resolve, reject });
      client.stdin.write(`${words.map(quoted).join(' ')}\n`);
    });
}

/** Starts a program in a terminal; the screen is tall, so that a whole page fits. */
export async function openTerminal(
  command: readonly string[],
  { columns = 120, rows = 150 } = {},
): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'sparekey-terminal-'));
  const server = `sparekey-${randomUUID()}`;
  const size = ['-x', String(columns), '-y', String(rows)];
  const env = ['env', `HOME=${home}`, 'LANG=C.UTF-8', 'LC_ALL=C.UTF-8', 'TERM=screen-256color'];
  await run('tmux', ['-L', server, '-f', '/dev/null', 'new-session', '-d', ...size, ...env, ...command]);
  const tmux = attachTo(server);
  const read = async () => (await tmux('capture-pane', '-p')).replace(/[^\S\n]+$/gm, '');
  let shown = '';
  // Some browsers throw away what is pressed while they still draw: what is seen stands still.
  const look = async () => {
    const before = shown;
    shown = await read();
    return shown === before ? shown : '';
  };
  return {
    read,
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    type: async (text) => void (await tmux('send-keys', '-l', '--', text)),
    async see(what) {
      await expect.poll(look, { timeout: 60_000, interval: 40 }).toMatch(what);
      return shown;
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
