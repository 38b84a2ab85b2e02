import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { Client } from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';

const connectTimeout = 3000;
const answerTimeout = 8000;

/**
 * The library opens a lost line anew by itself, without TLS or binding, and would send what comes next over it: so each
 * client gets one line, and a second one is refused.
 */
function once<F extends typeof connectPlain | typeof connectTls>(connect: F): F {
  let used = false;
  return new Proxy(connect, {
    apply(target, self, args) {
      if (used) throw new Error('This line is lost.');
      used = true;
      return Reflect.apply(target, self, args);
    },
  });
}

function tlsOf({ ca, insecure }: DirectorySettings): ConnectionOptions {
  return { rejectUnauthorized: !insecure, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) };
}

/** Rejects when the work takes longer; what it was at goes on unseen. */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('That took too long.')), milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Opens a line to one server: TLS from the start, or StartTLS at once, the certificate checked; nothing is bound yet. */
export async function openClient(settings: DirectorySettings, url: string): Promise<Client> {
  const secure = url.startsWith('ldaps:');
  const client = new Client({
    url,
    timeout: answerTimeout,
    connectTimeout,
    createConnection: once(connectPlain),
    createSecureConnection: once(connectTls),
    ...(secure ? { tlsOptions: tlsOf(settings) } : {}),
  });
  if (secure || settings.insecure) return client;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  try {
    await inTime(client.startTLS({ ...tlsOf(settings), host }), connectTimeout);
    return client;
  } catch (error) {
    await closeClient(client);
    throw error;
  }
}

/** Lets go of a line, whatever state it is in. */
export async function closeClient(client: Client): Promise<void> {
  await client.unbind().catch(() => {});
}

/** The LDAP result code of a fault; undefined where the line itself is at fault. */
export function resultCode(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

/** Whether a fault says nothing of what was asked: a broken line, or a server that cannot answer now. */
export function isAway(error: unknown): boolean {
  const code = resultCode(error);
  // Operations error, time limit, referral, busy, unavailable, other: none is an answer to the question.
  return code === undefined || [1, 3, 10, 51, 52, 80].includes(code);
}
