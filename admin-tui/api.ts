import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { hc } from 'hono/client';
import type { AdminApi } from '../src/admin-api/admin-api.ts';
import type { Language } from '../src/words/languages.ts';
import { answerOf, closedBy } from './answer.ts';
import type { DoorAddress } from './kept-token.ts';

export { DoorClosed, DoorRefused } from './answer.ts';
export type { DoorAddress } from './kept-token.ts';

/** A door, and as whom to stand before it; without a token one can only come in. */
export interface DoorAt {
  at: DoorAddress;
  token: string | null;
  language: Language;
}

/** Makes the typed client of the door; every call throws `DoorClosed` when it is shut and `DoorRefused` on a refusal. */
export function openDoor({ at, token, language }: DoorAt) {
  const headers = {
    'Accept-Language': language,
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
  };
  return hc<AdminApi>('url' in at ? at.url : 'http://sparekey', { headers, fetch: fetchOver(at) });
}

/** The typed client. */
export type Door = ReturnType<typeof openDoor>;

/** The session that a sign-in gave; at the latest at `expiresAt` (ISO 8601) it ends. */
export interface SignedIn {
  result: 'signed-in';
  token: string;
  expiresAt: string;
  administrator: { name: string; displayName: string; role: 'administrator' | 'helpdesk' };
}

/** From outside the machine a code is mailed first; answer it with `answerGate`. */
export interface CodeWanted {
  result: 'code-wanted';
  gate: string;
  sentTo: string;
}

/** Refusals never come back as an answer: they were thrown. */
function refused(): Error {
  return new Error('A refusal came back as an answer.');
}

/** Signs in by name and password. */
export async function signIn(
  door: Door,
  json: { name: string; password: string },
): Promise<SignedIn | CodeWanted> {
  const answer = await door['sign-in'].$post({ json });
  if (answer.status === 200 || answer.status === 202) return answer.json();
  throw refused();
}

/** Ends a sign-in from outside with the code from the mail. */
export async function answerGate(door: Door, json: { gate: string; code: string }): Promise<SignedIn> {
  const answer = await door['sign-in'].code.$post({ json });
  if (answer.status === 200) return answer.json();
  throw refused();
}

/** Ends the session of the door's token. */
export async function signOut(door: Door): Promise<void> {
  await door['sign-out'].$post();
}

/** Makes the first administrator, by the one-time token that the start of the server showed. */
export async function makeFirstAdministrator(
  door: Door,
  json: {
    token: string;
    name: string;
    displayName: string;
    password: string;
    mail?: string | null;
    language?: Language | null;
  },
): Promise<{ name: string }> {
  const answer = await door['first-administrator'].$post({ json });
  if (answer.status === 201) return answer.json();
  throw refused();
}

/** Makes the own account that one was invited to, with a password of one's own choice. */
export async function acceptInvitation(
  door: Door,
  json: { token: string; password: string },
): Promise<{ name: string }> {
  const answer = await door.invitations.accept.$post({ json });
  if (answer.status === 201) return answer.json();
  throw refused();
}

type Sent = Parameters<typeof plainRequest>[1] & { path: string; method: string };

/** Sends what the client asks over the socket or TLS; a file and every answer are streamed. */
function fetchOver(at: DoorAddress) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const streams = init?.body instanceof ReadableStream;
    const asked = new Request(input, { ...init, ...(streams && { duplex: 'half' }) });
    const { pathname, search } = new URL(asked.url);
    const sent = {
      path: pathname + search,
      method: asked.method,
      headers: Object.fromEntries(asked.headers),
    };
    if (asked.body && streams) return send(at, sent, Readable.from(asked.body));
    return send(at, sent, asked.body ? Buffer.from(await asked.arrayBuffer()) : undefined);
  };
}

function send(at: DoorAddress, sent: Sent, body: Readable | Buffer | undefined): Promise<Response> {
  const path = 'url' in at ? at.url : at.socket;
  return new Promise<Response>((resolve, reject) => {
    const lose = (error: unknown) => reject(closedBy(error, path));
    const outgoing =
      'url' in at
        ? tlsRequest(at.url, { ...sent, agent: false })
        : plainRequest({ ...sent, socketPath: at.socket, agent: false });
    outgoing.once('response', (answer) => answerOf(answer, path).then(resolve, reject));
    outgoing.once('error', lose);
    if (body instanceof Readable) body.once('error', (error) => outgoing.destroy(error)).pipe(outgoing);
    else outgoing.end(body);
  });
}
