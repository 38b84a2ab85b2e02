/** A request as it goes over the wire. */
export interface Message {
  /** The request line and the headers, without what says how long the body is. */
  head: string[];
  body: Buffer;
  /** How the length is told: as it is, as something else, in chunks, or not at all. */
  length: 'told' | 'wrong' | 'chunked' | 'broken-chunks' | 'twice' | 'untold';
  /** Sent so far only, and then the sender goes; undefined: all of it. */
  cutAt?: number;
}

/** Whether a server may go without a word: what came was no whole request. */
export function mayBeLeft({ head, length, cutAt }: Message): boolean {
  return cutAt !== undefined || length !== 'told' || /^CONNECT\b/.test(head[0] ?? '');
}

function chunksOf(body: Buffer, last: string): Buffer {
  const size = Buffer.from(`${body.length.toString(16)}\r\n`);
  return body.length === 0
    ? Buffer.from(last)
    : Buffer.concat([size, body, Buffer.from('\r\n'), Buffer.from(last)]);
}

function lengthOf({ length, body }: Message): string[] {
  switch (length) {
    case 'told':
      return body.length > 0 ? [`Content-Length: ${body.length}`] : [];
    case 'wrong':
      return [`Content-Length: ${body.length + 7}`];
    case 'twice':
      return [`Content-Length: ${body.length}`, 'Content-Length: 3'];
    case 'untold':
      return [];
    default:
      return ['Transfer-Encoding: chunked'];
  }
}

function bodyOf({ length, body }: Message): Buffer {
  if (length === 'chunked') return chunksOf(body, '0\r\n\r\n');
  if (length === 'broken-chunks') return chunksOf(body, 'zz\r\n\r\n');
  return body;
}

/** The octets of a request. */
export function bytesOf(message: Message): Buffer {
  const lines = [...message.head, ...lengthOf(message), 'Connection: close'];
  const whole = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bodyOf(message)]);
  return message.cutAt === undefined ? whole : whole.subarray(0, message.cutAt);
}
