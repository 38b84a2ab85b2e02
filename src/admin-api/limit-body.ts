import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import type { DoorContext, DoorEnv } from './door.ts';
import { refusalOf } from './refusal.ts';

const largestBody = 256 * 1024;

/** Routes whose body is a file of any size, which they read as a stream. */
const streamed: ReadonlySet<string> = new Set(['POST /imports']);

/** Reads a body of unknown length, as far as it is allowed to be; null when it is longer. */
async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestBody) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function isTooLong(c: DoorContext): boolean {
  return Number(c.req.header('content-length') ?? 0) > largestBody;
}

/** Refuses bodies over 256 kB (413), also those that do not say their length beforehand. */
export const limitBody = createMiddleware<DoorEnv>(async (c, next) => {
  if (streamed.has(`${c.req.method} ${c.req.path}`)) return next();
  const tooLarge = () => c.json(refusalOf(c.get('language'), 'body-too-large'), 413);
  if (isTooLong(c)) return tooLarge();
  const { body, headers } = c.req.raw;
  if (body && c.req.header('transfer-encoding') !== undefined) {
    const read = await readBounded(body).catch(() => {
      // Cut off on its way, or no chunks at all: the sender's fault.
      throw new HTTPException(400);
    });
    if (!read) return tooLarge();
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers: new Headers(headers), body: read });
  }
  return next();
});
