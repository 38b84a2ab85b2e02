import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Runs a program to its end and gives what it wrote; rejects with what it complained of. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 256 * 1024 * 1024 });
  return stdout;
}

/** Resolves once somebody listens on this port of a loopback address. */
export async function untilOpen(port: number, { address = '127.0.0.1' } = {}): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await isOpen(port, address)) return;
    await setTimeout(50);
  }
  throw new Error(`Nobody listens on port ${port} of ${address}.`);
}

function isOpen(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Below those that systems hand out to connections and to servers that ask for any: no other test is given such a one meanwhile. */
const lowest = 10_000;
const highest = 32_000;

/** A port that nobody listens on at this moment, and that nobody is given until it is used. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<boolean>();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => resolve(true));
  const free = await promise;
  if (free) await new Promise((closed) => probe.close(closed));
  return free;
}
