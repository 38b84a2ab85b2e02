import type { ClientResponse } from 'hono/client';
import type { SuccessStatusCode } from 'hono/utils/http-status';

interface Answered {
  json(): Promise<unknown>;
}

/** What the door answers when it does not refuse. */
export type Body<R> =
  R extends ClientResponse<infer T, infer S, 'json'> ? (S extends SuccessStatusCode ? T : never) : never;

/** The body of an answer; a refusal was thrown before (`api.ts`), so what is here is what was asked for. */
export function bodyOf<R extends Answered>(asked: Promise<R>): Promise<Body<R>>;
export async function bodyOf(asked: Promise<Answered>): Promise<unknown> {
  return (await asked).json();
}
