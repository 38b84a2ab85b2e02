import { resolve } from 'node:path';
import { z } from 'zod';

/** Where Redis is, and how to come in. */
export interface RedisSettings {
  kind: 'single' | 'sentinel' | 'cluster';
  tls: boolean;
  /** Of `sentinel` those of the sentinels, of `cluster` some of its nodes. */
  nodes: { host: string; port: number }[];
  /** What the sentinels call the master; empty otherwise. */
  master: string;
  user: string | undefined;
  password: string | undefined;
  /** The sentinels' own. */
  sentinelUser: string | undefined;
  sentinelPassword: string | undefined;
  database: number;
}

const kinds = { '': 'single', '+sentinel': 'sentinel', '+cluster': 'cluster' } as const;
const ports = { single: 6379, sentinel: 26_379, cluster: 6379 } as const;
const shape =
  /^redis(s?)(|\+sentinel|\+cluster):\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^/?#]*))?(?:\?([^#]*))?$/;
const wanted =
  'must be a URL such as redis://127.0.0.1:6379, rediss://USER:PASSWORD@redis.example.org, redis+sentinel://HOST:26379,HOST:26379/NAME or redis+cluster://HOST:6379,HOST:6379';

function nodeOf(text: string, port: number): { host: string; port: number } | undefined {
  const url = `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, host } = new URL(url);
  const given = /:(\d+)$/.exec(text)?.[1];
  if (hostname === '' || !text.toLowerCase().startsWith(host.replace(/:\d+$/, ''))) return undefined;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: given === undefined ? port : Number(given) };
}

function plain(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : decodeURIComponent(text);
}

function pathFault(kind: RedisSettings['kind'], path: string): string | undefined {
  if (kind === 'sentinel' && path === '')
    return 'must end with the name that the sentinels have for the master, such as redis+sentinel://HOST:26379/mymaster';
  if (kind === 'cluster' && path !== '') return 'must not end with a database: a Redis Cluster has only one';
  if (kind === 'single' && !/^\d*$/.test(path)) return wanted;
  return undefined;
}

/** What is wrong with it, as a text; else what it says. */
function readUrl(text: string): RedisSettings | string {
  const [, secure, suffix = '', credentials = '', hosts = '', path = '', query = ''] = shape.exec(text) ?? [];
  const kind = Object.entries(kinds).find(([one]) => one === suffix)?.[1];
  if (secure === undefined || kind === undefined) return wanted;
  const nodes = hosts.split(',').map((host) => nodeOf(host, ports[kind]));
  const known = nodes.filter((node) => node !== undefined);
  if (known.length < nodes.length || (kind === 'single' && known.length > 1)) return wanted;
  const fault = pathFault(kind, path);
  if (fault !== undefined) return fault;
  const [user, password] = credentials.split(':');
  const more = new URLSearchParams(query);
  return {
    kind,
    tls: secure === 's',
    nodes: known,
    master: kind === 'sentinel' ? decodeURIComponent(path) : '',
    user: plain(user),
    password: plain(password),
    sentinelUser: more.get('sentinel-user') ?? undefined,
    sentinelPassword: more.get('sentinel-password') ?? undefined,
    database: kind === 'single' ? Number(path) : 0,
  };
}

/** `REDIS_URL`: one server, or several behind sentinels, or a Cluster; never repeats what was given, which may be secret. */
export const redisUrl = z.string().transform((text, context): RedisSettings => {
  const read = readSafely(text);
  if (typeof read !== 'string') return read;
  context.addIssue({ code: 'custom', message: read });
  return z.NEVER;
});

/** A `%` that is no escape. */
function readSafely(text: string): RedisSettings | string {
  try {
    return readUrl(text);
  } catch {
    return wanted;
  }
}

/** `REDIS_CA`: a PEM file with the authority that vouches for Redis's certificate. */
export const redisCa = z
  .string()
  .min(1, 'must name a file')
  .transform((file) => resolve(file));
