import { connect } from 'node:net';

/** Where a door stands: a port of this machine, or a socket. */
export type Door = { port: number } | { path: string };

/** What came back. */
export interface Answer {
  /** 0 when nothing came, or nothing that HTTP knows. */
  status: number;
  head: string;
  body: string;
  /** It was not answered and not closed within the time. */
  hung: boolean;
}

function parse(raw: string): Omit<Answer, 'hung'> {
  const rest = raw.replace(/^(?:HTTP\/1\.1 1\d\d[^\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)+/, '');
  const end = rest.indexOf('\r\n\r\n');
  const head = end < 0 ? rest : rest.slice(0, end);
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
  return { status, head, body: end < 0 ? '' : rest.slice(end + 4) };
}

/** Sends octets as they are and gives what comes back until the other side closes, or the time is over. */
export function send(
  door: Door,
  bytes: Buffer,
  { within, leave }: { within: number; leave: boolean },
): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect('port' in door ? { ...door, host: '127.0.0.1' } : door);
    const done = (hung: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...parse(Buffer.concat(chunks).toString('latin1')), hung });
    };
    const timer = setTimeout(() => done(true), within);
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    socket.once('error', () => done(false)).once('close', () => done(false));
    if (leave) socket.end(bytes);
    else socket.write(bytes);
  });
}
