import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AdminHouse } from '../helpers/admin-house.ts';

/** What a test asks of the door: the body as JSON, or raw when it is a string. */
export interface Asked {
  method?: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks the door over its Unix socket, with the token unless other headers are given; gives status, headers and JSON. */
export function ask(house: Pick<AdminHouse, 'socket' | 'token'>, asked: Asked) {
  const headers = asked.headers ?? {
    authorization: `Bearer ${house.token}`,
    'content-type': 'application/json',
  };
  const { method = 'GET', path, body } = asked;
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: unknown; raw: string }>(
    (resolve, reject) => {
      const sent = request({ socketPath: house.socket, method, path, headers }, (response) => {
        text(response).then((raw) => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: /application\/json/.test(response.headers['content-type'] ?? '') ? JSON.parse(raw) : null,
            raw,
          });
        }, reject);
      });
      sent.once('error', reject);
      sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    },
  );
}
