import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { formatPhone } from '../methods/phone-number.ts';
import { normaliseUserName } from '../people/user-name.ts';
import { readPolicy } from '../policy/versions.ts';
import type { DoorEnv } from './door.ts';
import { readOfficePhone } from './person-fields.ts';
import { refusalOf } from './refusal.ts';

/** What of a person an administrator still changes here when everything else stands in a directory elsewhere. */
const ownFields: readonly string[] = ['language', 'basedOn', 'officePhone'];

const patchSchema = z.record(z.string(), z.unknown()).catch({});
const phoneSchema = z.string().nullable();

function isOwnedElsewhere(method: string, path: string): boolean {
  return (
    (method === 'POST' && /^\/(people|imports)$/.test(path)) ||
    (method === 'POST' && /^\/imports\/[^/]+\/(check|run)$/.test(path)) ||
    (['PUT', 'DELETE'].includes(method) && /^\/groups\/[^/]+\/members\/[^/]+$/.test(path))
  );
}

/** As the directory is to show it to people. */
async function textOf(deps: Deps, typed: string | null): Promise<string | null | undefined> {
  const read = readOfficePhone(await readPolicy(deps.db), typed);
  if (read.result !== 'number') return undefined;
  if (!read.officePhone) return null;
  const { number, extension } = read.officePhone;
  return extension === null ? formatPhone(number) : `${formatPhone(number)} ext. ${extension}`;
}

/**
 * Where people stand in a directory elsewhere: refuses what is changed there and not here, and writes an office phone
 * into the directory before it is kept here. Does nothing where Sparekey keeps the people itself.
 */
export function leaveToDirectory(deps: Deps) {
  return createMiddleware<DoorEnv>(async (c, next) => {
    const { elsewhere } = deps.directory;
    const rights: ReadonlySet<string> | undefined = c.get('administrator')?.rights;
    if (!elsewhere || !rights?.has('people')) return next();
    const { method, path } = c.req;
    const language = c.get('language');
    if (isOwnedElsewhere(method, path)) return c.json(refusalOf(language, 'directory-owns'), 409);
    const [, name] = /^\/people\/([^/]+)$/.exec(path) ?? [];
    if (method !== 'PATCH' || name === undefined) return next();
    const patch = patchSchema.parse(await c.req.json().catch(() => ({})));
    const other = Object.keys(patch).find((field) => !ownFields.includes(field));
    if (other !== undefined) return c.json(refusalOf(language, 'directory-owns', other), 409);
    const phone = phoneSchema.safeParse(patch.officePhone);
    const text = phone.success ? await textOf(deps, phone.data) : undefined;
    if (text === undefined) return next();
    const userName = normaliseUserName(decodeURIComponent(name));
    const written = await elsewhere.writeOfficePhone(userName, text);
    if (written === 'read-only') return c.json(refusalOf(language, 'directory-owns', 'officePhone'), 409);
    return next();
  });
}
