import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { deliverySettings, dkimFaults, dkimOf } from './delivery.ts';
import { directoryOf, directoryVariables } from './directory.ts';
import { redisCa, redisUrl } from './redis.ts';

const wholeNumber = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);
const url = (schemes: RegExp, example: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.test(text), `must be a URL such as ${example}`);

const delivery = z
  .string()
  .regex(/^(terminal|live|folder:.+)$/, 'must be terminal, live or folder:PATH')
  .transform((text) =>
    text.startsWith('folder:')
      ? ({ kind: 'folder', path: resolve(text.slice('folder:'.length)) } as const)
      : ({ kind: text === 'live' ? 'live' : 'terminal' } as const),
  );

const settings = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber.pipe(z.number().max(65_535, 'must be at most 65535')).default(3000),
  HOST: z.string().default('127.0.0.1'),
  BASE_URL: url(/^https?:/, 'https://sparekey.example.org').optional(),
  DATA_DIR: z.string().min(1, 'must name a folder').default('data'),
  DATABASE_URL: url(/^postgres(ql)?:/, 'postgres://sparekey@127.0.0.1:5432/sparekey').optional(),
  REDIS_URL: redisUrl.optional(),
  REDIS_CA: redisCa.optional(),
  ...directoryVariables,
  /** Whether a copy of each answer is kept that only its person can open. */
  SEALED_ANSWERS: z.enum(['keep', 'none']).default('keep'),
  DELIVERY: delivery.default({ kind: 'terminal' }),
  ...deliverySettings,
  TRUST_PROXY: z.string().min(1, 'must be a number of proxies, or addresses and networks').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ADMIN_LISTEN: z
    .string()
    .regex(/^(\[[\da-f:.]+\]|[^:\s[\]]+):\d{1,5}$/i, 'must be HOST:PORT, such as 192.0.2.10:3443')
    .optional(),
  ADMIN_TLS_CERT: z.string().min(1, 'must name a file').optional(),
  ADMIN_TLS_KEY: z.string().min(1, 'must name a file').optional(),
  /** Who became the server's user to run a command on its machine, as sudo says it. */
  SUDO_USER: z
    .string()
    .regex(/^[\w.@-]{1,64}$/)
    .optional()
    .catch(undefined),
  /** The terminal's, not the server's. */
  SPAREKEY_ADMIN_TOKEN: z.string().optional(),
  SPAREKEY_LINES: z.string().optional(),
  SPAREKEY_TRIAL_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(256).optional(),
  SPAREKEY_HASHING_WORKERS: wholeNumber.pipe(z.number().min(1).max(64)).default(availableParallelism()),
  SPAREKEY_HASHING_WAITING: wholeNumber.pipe(z.number().min(1).max(100_000)).default(200),
});

/** The faults of a configuration, all at once, each with the name of its variable. */
export class BadConfig extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    );
    this.name = 'BadConfig';
    this.faults = faults;
  }
}

function unknownNames(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('SPAREKEY_') && !(name in settings.shape))
    .map((name) => `${name} is not a setting of Sparekey; see the table in the README.`);
}

function rootFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function trustOf(text: string | undefined): number | string | false {
  if (text === undefined) return false;
  return /^\d+$/.test(text) ? Number(text) : text;
}

interface Listen {
  ADMIN_LISTEN?: string | undefined;
  ADMIN_TLS_CERT?: string | undefined;
  ADMIN_TLS_KEY?: string | undefined;
}

/** The administrators' door on TCP is open only with TLS. */
function tlsFaults({ ADMIN_LISTEN, ADMIN_TLS_CERT, ADMIN_TLS_KEY }: Listen): string[] {
  if (ADMIN_LISTEN === undefined) return [];
  const wanted = { ADMIN_TLS_CERT, ADMIN_TLS_KEY };
  return Object.entries(wanted).flatMap(([name, file]) =>
    file === undefined
      ? [`${name} is not set: with ADMIN_LISTEN give the PEM file, since it takes TLS.`]
      : [],
  );
}

function adminListenOf(given: Listen) {
  const { ADMIN_LISTEN: listen, ADMIN_TLS_CERT: certFile, ADMIN_TLS_KEY: keyFile } = given;
  if (listen === undefined || certFile === undefined || keyFile === undefined) return undefined;
  const at = listen.lastIndexOf(':');
  const host = listen.slice(0, at).replace(/^\[|\]$/g, '');
  return { host, port: Number(listen.slice(at + 1)), certFile: resolve(certFile), keyFile: resolve(keyFile) };
}

/** Everything that can be set from outside, parsed once. */
export type Config = ReturnType<typeof readConfig>;

/** Parses the environment; throws `BadConfig` with every fault at once. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  const faults = unknownNames(given);
  if (!parsed.success) faults.push(...parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}.`));
  if (parsed.success) faults.push(...tlsFaults(parsed.data), ...dkimFaults(parsed.data));
  const elsewhere = parsed.success ? directoryOf(parsed.data) : undefined;
  faults.push(...(elsewhere?.faults ?? []));
  if (!parsed.success || faults.length > 0) throw new BadConfig(faults);
  const set = parsed.data;
  const dataDir = resolve(set.DATA_DIR);
  return {
    production: set.NODE_ENV === 'production',
    port: set.PORT,
    host: set.HOST,
    baseUrl: (
      set.BASE_URL ?? `http://${set.HOST.includes(':') ? `[${set.HOST}]` : set.HOST}:${set.PORT}`
    ).replace(/\/+$/, ''),
    baseUrlGiven: set.BASE_URL !== undefined,
    dataDir,
    /** What other nodes know this one by: its administrators' door keeps a second process from the same folder. */
    node: `node:${hostname()}:${dataDir}`,
    databaseUrl: set.DATABASE_URL,
    databaseFile: join(dataDir, 'sparekey.db'),
    keyRingFile: join(dataDir, 'keys', 'ring.json'),
    adminSocket: join(dataDir, 'admin.sock'),
    adminListen: adminListenOf(set),
    redis: set.REDIS_URL,
    redisCa: set.REDIS_CA,
    directory: elsewhere?.directory,
    keepsSealedAnswers: set.SEALED_ANSWERS === 'keep',
    delivery: set.DELIVERY,
    smtpUrl: set.SMTP_URL,
    textGateways: set.TEXT_GATEWAYS,
    callGateways: set.CALL_GATEWAYS,
    textPrices: set.TEXT_PRICES,
    callPrices: set.CALL_PRICES,
    mailFrom: set.MAIL_FROM,
    dkim: dkimOf(set),
    trustProxy: trustOf(set.TRUST_PROXY),
    logLevel: set.LOG_LEVEL,
    operator: set.SUDO_USER,
    trialPassword: set.SPAREKEY_TRIAL_PASSWORD,
    hashing: { workers: set.SPAREKEY_HASHING_WORKERS, waiting: set.SPAREKEY_HASHING_WAITING },
    views: join(rootFolder(), 'views'),
    publicFolder: join(rootFolder(), 'public'),
    htmxFile: createRequire(import.meta.url).resolve('htmx.org/dist/htmx.esm.min.js'),
  };
}

/** Reads the configuration of this process: its environment, and `.env` beneath it. */
export function readProcessConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env);
}
