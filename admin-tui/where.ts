import { join } from 'node:path';
import { type DoorAddress, keptTokenFile, readKeptToken } from './kept-token.ts';

/** What may be given with every command: which door, and as whom. */
export interface Everywhere {
  socket?: string;
  url?: string;
  tokenFile?: string;
}

/** What of the machine's environment the terminal looks at. */
export interface Machine {
  HOME?: string | undefined;
  XDG_STATE_HOME?: string | undefined;
  SPAREKEY_ADMIN_TOKEN?: string | undefined;
}

const names = { '--socket': 'socket', '--url': 'url', '--token-file': 'tokenFile' } as const;

function nameOf(option: string): (typeof names)[keyof typeof names] | undefined {
  return Object.entries(names).find(([name]) => name === option)?.[1];
}

/** Takes the options that go with every command out of what was typed, wherever they stand. */
export function takeEverywhere(typed: readonly string[]): { args: string[]; everywhere: Everywhere } {
  const args: string[] = [];
  const everywhere: Everywhere = {};
  let waiting: (typeof names)[keyof typeof names] | undefined;
  for (const word of typed) {
    const [option = '', ...rest] = word.split('=');
    const name = nameOf(option);
    if (waiting) everywhere[waiting] = word;
    else if (name && rest.length > 0) everywhere[name] = rest.join('=');
    else if (!name) args.push(word);
    waiting = !waiting && rest.length === 0 ? name : undefined;
  }
  return { args, everywhere };
}

/** Where the door is: at `--url`, at `--socket`, else on the socket of the data folder. */
export async function whereIs({ url, socket }: Everywhere): Promise<DoorAddress> {
  if (url !== undefined) return { url: url.replace(/\/+$/, '') };
  if (socket !== undefined) return { socket };
  const { readProcessConfig } = await import('../src/config/config.ts');
  return { socket: readProcessConfig().adminSocket };
}

/** The file in which this terminal keeps its session at a door. */
export function sessionFile(at: DoorAddress, { HOME, XDG_STATE_HOME }: Machine): string {
  return keptTokenFile(XDG_STATE_HOME || join(HOME ?? '.', '.local', 'state'), at);
}

/** The token to come in with: that of `--token-file`, of the environment, else of the kept session; null for none. */
export async function tokenFor(
  at: DoorAddress,
  { tokenFile }: Everywhere,
  machine: Machine,
): Promise<string | null> {
  if (tokenFile !== undefined) return readKeptToken(tokenFile);
  return machine.SPAREKEY_ADMIN_TOKEN || readKeptToken(sessionFile(at, machine));
}
