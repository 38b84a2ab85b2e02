import type { Writable } from 'node:stream';
import { adminApi } from './admin-api/admin-api.ts';
import { type ServedDoor, serveAdmin } from './admin-api/serve.ts';
import { serveAdminTls } from './admin-api/serve-tls.ts';
import { makeFirstToken } from './administrators/accounts.ts';
import type { Config } from './config/config.ts';
import type { Deps } from './deps.ts';

/** Opens the administrators' door: on the machine's own socket, and on TCP with TLS when the configuration says so. */
export async function openToAdministrators(deps: Deps): Promise<ServedDoor> {
  const { adminSocket, adminListen } = deps.config;
  const doors = [await serveAdmin(adminApi(deps), adminSocket)];
  if (adminListen) doors.push(await serveAdminTls(adminApi(deps, 'tcp'), adminListen));
  return { close: async () => void (await Promise.all(doors.map((door) => door.close()))) };
}

/** Prints a one-time token for the first administrator as long as there is none; an earlier one is worth nothing then (S67). */
export async function showFirstToken(deps: Deps, out: Writable): Promise<void> {
  const first = await makeFirstToken(deps);
  if (!first) return;
  out.write(
    `\n  There is no administrator yet. Make the first one within an hour with this one-time token:\n`,
  );
  out.write(`\n    ${first.token}\n\n  npm run admin -- first-administrator\n`);
}

/** Why administrators could not come in over TCP as configured; in production this stops the start. */
export function faultsOfDoor({ adminListen, delivery, smtpUrl }: Config): string[] {
  if (!adminListen || delivery.kind !== 'live' || smtpUrl !== undefined) return [];
  return ['ADMIN_LISTEN is set without SMTP_URL: the code that signing in from outside asks goes by mail.'];
}
