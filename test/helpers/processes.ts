import { execFile } from 'node:child_process';
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

/** A port that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
