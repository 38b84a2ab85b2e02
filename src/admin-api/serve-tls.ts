import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { Config } from '../config/config.ts';
import { DoorBlocked, onlyFetch, type Servable, type ServedDoor } from './serve.ts';

async function readPem(name: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new DoorBlocked(`${name} names ${file}, which cannot be read (${code}).`);
  }
}

function makeServer(app: Servable, pem: { cert: string; key: string }) {
  try {
    return createServer({ ...pem, minVersion: 'TLSv1.2' }, onlyFetch(app));
  } catch {
    throw new DoorBlocked(
      'ADMIN_TLS_CERT and ADMIN_TLS_KEY do not fit: give a PEM certificate and its own key.',
    );
  }
}

/** Serves an app on TCP with TLS; throws `DoorBlocked` when the certificate cannot be used or the address is taken. */
export async function serveAdminTls(
  app: Servable,
  { host, port, certFile, keyFile }: NonNullable<Config['adminListen']>,
): Promise<ServedDoor & { port: number }> {
  const cert = await readPem('ADMIN_TLS_CERT', certFile);
  const server = makeServer(app, { cert, key: await readPem('ADMIN_TLS_KEY', keyFile) });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new DoorBlocked(`ADMIN_LISTEN ${host}:${port} cannot be used (${code}): choose another.`);
  }
  const address = server.address();
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await closed;
  };
  return { close, port: typeof address === 'object' && address ? address.port : port };
}
