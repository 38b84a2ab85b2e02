import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { serveAdmin } from '../../src/admin-api/serve.ts';
import type { Via } from '../../src/administrators/signed-in.ts';
import { openTestHouse, type Wanted } from '../helpers/test-house.ts';
import { ask } from './ask.ts';

/** What the door answered. */
export type Answered = Awaited<ReturnType<typeof ask>>;

/** The addresses from which the tests come in over TCP are reserved for examples (RFC 5737). */
export const outside = '192.0.2.7';

/** A house with a clock, whose administrators' door is open on a socket; over `tcp` requests come from `outside`. */
export async function openDoorHouse({ via = 'socket', ...wanted }: Wanted & { via?: Via } = {}) {
  const house = await openTestHouse(wanted);
  const app = adminApi(house.deps, via);
  const from = via === 'tcp' ? { incoming: { socket: { remoteAddress: outside } } } : undefined;
  const served = { fetch: (request: Request, env: { incoming: unknown }) => app.fetch(request, from ?? env) };
  const socket = join(house.folder, `${via}.sock`);
  const door = await serveAdmin(served, socket);
  onTestFinished(() => door.close());
  const asked = (method: string, path: string, rest: { token?: string; body?: unknown } = {}) => {
    const headers = {
      'content-type': 'application/json',
      'accept-language': 'en',
      ...(rest.token === undefined ? {} : { authorization: `Bearer ${rest.token}` }),
    };
    return ask(
      { socket, token: '' },
      { method, path, headers, ...(/^P/.test(method) && { body: rest.body }) },
    );
  };
  return { house, socket, ask: asked };
}

/** The house as the tests hold it. */
export type DoorHouse = Awaited<ReturnType<typeof openDoorHouse>>;

/** A text of an answer's body, or '' when it is not there. */
export function textIn(answered: Answered, name: string): string {
  const value: unknown = Reflect.get(Object(answered.body), name);
  return typeof value === 'string' ? value : '';
}
