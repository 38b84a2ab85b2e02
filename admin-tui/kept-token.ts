import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a door is: a socket of this machine, or an https address. */
export type DoorAddress = { socket: string } | { url: string };

/** The file in which the session at one door is kept; each door has its own. */
export function keptTokenFile(stateHome: string, at: DoorAddress): string {
  const address = 'socket' in at ? at.socket : at.url;
  const name = createHash('sha256').update(address).digest('hex').slice(0, 16);
  return join(stateHome, 'sparekey', `session-${name}`);
}

/** Reads a kept token; null when there is none. */
export async function readKeptToken(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim() || null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps a token in a file that is its owner's alone (0600), whole or not at all. */
export async function keepToken(file: string, token: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${token}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
}

/** Removes a kept token; none is fine too. */
export async function forgetToken(file: string): Promise<void> {
  await rm(file, { force: true });
}
