import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** The programs of one chain: each writes to a file of its own, and all end together. */
export class Processes {
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly #running = new Map<string, ChildProcess>();

  constructor(folder: string, env: Record<string, string>) {
    this.folder = folder;
    this.env = env;
  }

  /** Starts a program that stays; what it writes first can be waited for on `stdout`. */
  start(name: string, command: readonly string[]): ChildProcess {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: this.folder,
      detached: true,
    });
    const log = createWriteStream(join(this.folder, `${name}.log`));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    // A program that can't be started is found ended, like one that crashed.
    child.on('error', (error) => log.write(`${error}\n`));
    this.#running.set(name, child);
    return child;
  }

  /** Ends one and all that it started. */
  async end(name: string): Promise<void> {
    const child = this.#running.get(name);
    this.#running.delete(name);
    if (child?.pid === undefined) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    const ended = child.exitCode !== null || child.signalCode !== null;
    endGroup(child.pid);
    if (!ended) await gone;
  }

  /** Ends all, the last first. */
  async endAll(): Promise<void> {
    for (const name of [...this.#running.keys()].reverse()) await this.end(name);
  }
}

/** The group of a program that has ended is gone, and that is as well. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
}

/** The first line that a program writes and that matches. */
export function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = '';
    child.stdout?.on('data', (chunk) => {
      written += String(chunk);
      const found = pattern.exec(written)?.[0];
      if (found !== undefined) resolve(found.trim());
    });
    child.once('close', () => reject(new Error(`It ended before it wrote ${pattern}: ${written}`)));
    child.once('error', reject);
  });
}

/** Starts a screen that nobody sees, on a number of its own; whatever is started after it is shown there. */
export async function startScreen(processes: Processes): Promise<void> {
  const screen = ['Xvfb', '-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-ac'];
  processes.env.DISPLAY = `:${await firstLine(processes.start('screen', screen), /^\d+\n/m)}`;
}
