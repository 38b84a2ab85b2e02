import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** What a piece of work took: by the clock, and of the house's own processor time; milliseconds. */
export interface Took {
  ms: number;
  cpu: number;
}

/** A house in a process of its own. */
export interface FarHouse {
  port: number;
  emptyPort: number;
  /** Does a work of `house-works.ts` so many times. */
  do(work: string, times: number): Promise<Took>;
  /** Processor time since its start. */
  cpu(): Promise<number>;
}

const answers = z.object({ id: z.int(), ms: z.number(), cpu: z.number() });

/** Starts a house, hands it to the work, and ends it. */
export async function withHouse<T>(work: (house: FarHouse) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-bench-'));
  const child = fork(new URL('./house-process.ts', import.meta.url), [folder]);
  try {
    const [first] = await once(child, 'message');
    const ports = z.object({ port: z.int(), emptyPort: z.int() }).parse(first);
    const waiting = new Map<number, (took: Took) => void>();
    child.on('message', (message) => {
      const { id, ...took } = answers.parse(message);
      waiting.get(id)?.(took);
    });
    child.once('exit', () => process.exitCode === undefined && waiting.clear());
    let last = 0;
    const ask = (name: string, times: number) =>
      new Promise<Took>((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        child.send({ id: last, work: name, times });
      });
    return await work({ ...ports, do: ask, cpu: async () => (await ask('cpu', 0)).cpu });
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

/** An answer, and how long it took; milliseconds. */
export interface Answer {
  status: number;
  cookies: string[];
  location: string | undefined;
  text: string;
  ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Asks for a page, or sends a form. */
export async function ask(
  port: number,
  path: string,
  { cookie = '', form }: { cookie?: string; form?: Record<string, string> } = {},
): Promise<Answer> {
  const from = performance.now();
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const headers = { cookie, accept: 'text/html', 'accept-language': 'nl', ...type };
  const sent = request({ agent, host: '127.0.0.1', port, path, method: form ? 'POST' : 'GET', headers });
  sent.end(form && new URLSearchParams(form).toString());
  const [answer] = await once(sent, 'response');
  let text = '';
  for await (const part of answer) text += part;
  return {
    status: answer.statusCode,
    cookies: (answer.headers['set-cookie'] ?? []).map((one: string) => one.split(';')[0]),
    location: answer.headers.location,
    text,
    ms: performance.now() - from,
  };
}

/** A form of a browser that is not signed in, ready to be sent any number of times. */
export async function openSignIn(port: number): Promise<() => Promise<Answer>> {
  const page = await ask(port, '/sign-in');
  const cookie = page.cookies.join('; ');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const form = { csrf, return: '', userName: 'anna', password: 'a long password' };
  return () => ask(port, '/sign-in', { cookie, form });
}

/** Signs in and gives the cookies of the session. */
export async function signIn(port: number): Promise<string> {
  const { status, location, cookies } = await (await openSignIn(port))();
  if (status !== 303) throw new Error(`signing in answered ${status}`);
  const checklist = await ask(port, '/register', { cookie: cookies.join('; ') });
  if (checklist.status !== 200) throw new Error(`${location} answered ${checklist.status}`);
  return cookies.join('; ');
}

/** Does it so many times, so many at once, and gives what each gave. */
export async function repeat<T>(times: number, atOnce: number, work: () => Promise<T>): Promise<T[]> {
  const gave: T[] = [];
  let left = times;
  const walk = async () => {
    while (left > 0) {
      left -= 1;
      gave.push(await work());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, walk));
  return gave;
}
