import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { hc } from 'hono/client';
import type { AdminApi } from '../src/admin-api/admin-api.ts';
import type { Language } from '../src/words/words.ts';

/** Where this machine's administrators' door is, and how its administrator is known. */
export interface DoorAt {
  socket: string;
  tokenFile: string;
  language: Language;
}

/** The door could not be reached: nobody there, no right to it, or the line broke. */
export class DoorClosed extends Error {
  override readonly name = 'DoorClosed';
  readonly why: 'not-running' | 'not-allowed' | 'lost';
  readonly path: string;
  constructor(why: DoorClosed['why'], path: string) {
    super(`${why}: ${path}`);
    this.why = why;
    this.path = path;
  }
}

/** The door refused what was asked; the sentence is in the asker's language. */
export class DoorRefused extends Error {
  override readonly name = 'DoorRefused';
  readonly problem: string;
  readonly field: string | undefined;
  constructor(refusal: { problem: string; field?: string | undefined; message: string }) {
    super(refusal.message);
    this.problem = refusal.problem;
    this.field = refusal.field;
  }
}

/** Makes the typed client of the door; every call throws `DoorClosed` when it is shut and `DoorRefused` on a refusal. */
export async function openDoor({ socket, tokenFile, language }: DoorAt) {
  const token = await readToken(tokenFile, socket);
  const headers = { Authorization: `Bearer ${token}`, 'Accept-Language': language };
  return hc<AdminApi>('http://sparekey', { headers, fetch: fetchOver(socket) });
}

/** The typed client. */
export type Door = Awaited<ReturnType<typeof openDoor>>;

async function readToken(file: string, socket: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new DoorClosed('not-running', socket);
    throw code === 'EACCES' ? new DoorClosed('not-allowed', file) : error;
  }
}

function fetchOver(socketPath: string) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const asked = new Request(input, init);
    const body = asked.body ? Buffer.from(await asked.arrayBuffer()) : undefined;
    const { pathname, search } = new URL(asked.url);
    const headers = Object.fromEntries(asked.headers);
    const answer = await send({ socketPath, path: pathname + search, method: asked.method, headers }, body);
    if (answer.ok) return answer;
    throw new DoorRefused(refusalIn(await answer.text()));
  };
}

function send(options: Parameters<typeof request>[1] & { socketPath: string }, body: Buffer | undefined) {
  return new Promise<Response>((resolve, reject) => {
    const lose = (error: unknown) => reject(closedBy(error, options.socketPath));
    const sent = request(options, (answer) => {
      const { statusCode: status = 502 } = answer;
      buffer(answer).then((text) => resolve(new Response(new Uint8Array(text), { status })), lose);
    });
    sent.once('error', lose).end(body);
  });
}

function closedBy(error: unknown, socket: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return new DoorClosed('not-running', socket);
  if (code === 'EACCES' || code === 'EPERM') return new DoorClosed('not-allowed', socket);
  return code === undefined ? error : new DoorClosed('lost', socket);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function refusalIn(text: string): { problem: string; field?: string; message: string } {
  const told: object = Object(parseJson(text));
  const read = (name: string) => {
    const value: unknown = Reflect.get(told, name);
    return typeof value === 'string' ? value : undefined;
  };
  const field = read('field');
  return {
    problem: read('problem') ?? 'failed',
    message: read('message') ?? text,
    ...(field ? { field } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
