import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  /** The status line and the headers, as sent. */
  head: string;
  body: string;
}

/** Sends a request line and headers as they are, which no client would, and gives the whole answer. */
export async function sendRaw(url: string, lines: readonly string[], body = ''): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  socket.write(`${[...lines, ...length, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
  const answer = await text(socket);
  const end = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, end);
  return { status: Number(head.split(' ')[1]), head, body: answer.slice(end + 4) };
}

/** Gives one header of a raw answer, or an empty text. */
export function headerOf({ head }: RawAnswer, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}
