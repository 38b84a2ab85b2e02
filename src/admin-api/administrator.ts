import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { Deps } from '../deps.ts';
import { readPrivateFile, writePrivateFile } from '../secrets/private-file.ts';
import { newToken } from '../secrets/random.ts';
import type { DoorEnv } from './door.ts';
import { refusalOf } from './refusal.ts';

/** Makes the token by which an administrator of this machine is known (mode 0600), unless there is one already. */
export async function ensureAdminToken(file: string): Promise<void> {
  const read = await readPrivateFile(file);
  if (read.result === 'unreadable') throw new Error(read.why);
  if (read.result === 'read' && isToken(read.text.trim())) return;
  await writePrivateFile(file, `${newToken()}\n`);
}

/** Lets in who brings the token of this installation, and nobody else: no cookie counts here (S63). */
export function requireAdministrator({ config, log }: Pick<Deps, 'config' | 'log'>) {
  return createMiddleware<DoorEnv>(async (c, next) => {
    const token = bearerOf(c.req.header('authorization'));
    const kept = await readPrivateFile(config.adminTokenFile);
    if (kept.result === 'unreadable')
      log.error({ why: kept.why }, 'the token of the administrators’ door is unreadable');
    if (token === null || kept.result !== 'read' || !isSame(token, kept.text.trim())) {
      c.header('WWW-Authenticate', 'Bearer');
      return c.json(refusalOf(c.get('language'), 'token-refused'), 401);
    }
    c.set('administrator', 'local administrator');
    return next();
  });
}

function bearerOf(header: string | undefined): string | null {
  const token = /^Bearer ([\w-]{1,200})$/i.exec(header ?? '')?.[1];
  return token ?? null;
}

function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** A kept token that is none (an empty file) lets nobody in. */
function isSame(given: string, kept: string): boolean {
  return isToken(kept) && timingSafeEqual(digestOf(given), digestOf(kept));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
