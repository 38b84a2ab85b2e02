import { lstat, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';

/** Linux gives a socket's path 108 bytes with its end; other systems a few less. */
const longestPath = 103;

/** The administrators' door cannot be opened at this path; the message says why and what to do. */
export class DoorBlocked extends Error {
  override readonly name = 'DoorBlocked';
}

/** What can be served: an app that answers a request, knowing its connection. */
export interface Servable {
  fetch(request: Request, env: { incoming: unknown }): Response | Promise<Response>;
}

/** The door while it is open. */
export interface ServedDoor {
  /** Ends the requests that run, takes no more, and removes the socket. */
  close(): Promise<void>;
}

/**
 * Serves an app on a Unix socket that only its owner can reach (0600 from its first moment). A socket that a crash left
 * behind is removed; one on which a server answers is not: then it throws `DoorBlocked`.
 */
export async function serveAdmin(app: Servable, socketPath: string): Promise<ServedDoor> {
  if (Buffer.byteLength(socketPath) > longestPath)
    throw new DoorBlocked(
      `The path ${socketPath} is too long for a socket: choose a DATA_DIR with a shorter path.`,
    );
  await removeStaleSocket(socketPath);
  const server = createServer(onlyFetch(app));
  await listen(server, socketPath);
  return { close: () => closeServer(server) };
}

/** Makes a listener of an app, which is handed the connection as `incoming`. */
export function onlyFetch(app: Servable): RequestListener {
  const listener = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
  });
  return (incoming, outgoing) => {
    void listener(incoming, outgoing);
  };
}

/** A pipe is bound before `listen` returns, so the umask needs to be strict for that moment only. */
async function listen(server: Server, socketPath: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject).once('listening', resolve);
  });
  const umask = process.umask(0o177);
  try {
    server.listen(socketPath);
  } finally {
    process.umask(umask);
  }
  await listening;
}

async function removeStaleSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return;
  if (!found.isSocket()) throw new DoorBlocked(`${path} is in the way and is no socket: move it elsewhere.`);
  if (await isAnswered(path)) throw new DoorBlocked(`Another Sparekey answers on ${path}: stop it first.`);
  await rm(path, { force: true });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
