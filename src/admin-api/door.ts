import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { SignedIn, Via } from '../administrators/signed-in.ts';
import type { Language } from '../words/languages.ts';
import { firstRefusal, refusalSchema } from './refusal.ts';

/** What every request at this door carries once it is let in. */
export interface DoorEnv {
  /** What the server knows of the connection; nothing in a request that never left the process. */
  Bindings: { incoming?: { socket: { remoteAddress?: string | undefined } } };
  Variables: {
    /** Who asks; on the few routes through which one comes in, nobody yet. */
    administrator: SignedIn;
    /** The network address of who asks; null on the Unix socket. */
    address: string | null;
    /** By which door the request came. */
    via: Via;
    /** The language in which refusals are worded. */
    language: Language;
  };
}

export type DoorContext = Context<DoorEnv>;

/** Makes the app of one resource; a body, path or query that does not fit is refused with its field (422). */
export function makeDoor() {
  return new OpenAPIHono<DoorEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      return c.json(firstRefusal(c.get('language'), result.error.issues), 422);
    },
  });
}

/** An answer of this shape, for a route's description. */
export function answer<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A refusal with a named problem, for a route's description. */
export function refused(description: string) {
  return answer(refusalSchema, description);
}

/** A body of this shape that must be there, for a route's description. */
export function body<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A moment as this door writes it (ISO 8601, UTC); null stays null. */
export function isoTime(at: number): string;
export function isoTime(at: number | null): string | null;
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
