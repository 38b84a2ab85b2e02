import { join } from 'node:path';
import { type DoorAddress, keptTokenFile, readKeptToken } from './kept-token.ts';
import type { Everywhere } from './typed.ts';

/** What of the machine's environment the terminal looks at. */
export interface Machine {
  HOME?: string | undefined;
  XDG_STATE_HOME?: string | undefined;
  SPAREKEY_ADMIN_TOKEN?: string | undefined;
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
