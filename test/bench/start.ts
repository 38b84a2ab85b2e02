import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, medianOf } from './figures.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const times = 7;

/** How a process is started, and what it says once it is there; without, it is there when it has ended. */
interface Start {
  args: string[];
  says?: RegExp;
  env?: Record<string, string>;
}

interface Started {
  ms: number;
  megabytes: number;
}

/** The most memory that a process had so far, as Linux tells it; elsewhere 0. */
async function peakOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function startOnce({ args, says, env }: Start): Promise<Started> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  let said = '';
  const there = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => {
        said += part;
        if (says?.test(said)) resolve();
      });
  });
  await Promise.race(says ? [there, ended] : [ended]);
  const ms = performance.now() - from;
  if (says && !says.test(said)) throw new Error(`${args.join(' ')}: ${said}`);
  const megabytes = await peakOf(child);
  child.kill();
  await ended;
  return { ms, megabytes };
}

async function start(one: Start): Promise<Started> {
  const all: Started[] = [];
  for (let time = 0; time < times; time += 1) all.push(await startOnce(one));
  return {
    ms: medianOf(all.map(({ ms }) => ms)),
    megabytes: medianOf(all.map(({ megabytes }) => megabytes)),
  };
}

const stay = `console.log('there'); setInterval(() => {}, 1000)`;

/** Starting the server, the screens and a command against an empty Node process. Wants the build in `dist/`. */
export async function benchStart(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-bench-'));
  try {
    const env = {
      DATA_DIR: join(folder, 'data'),
      PORT: '0',
      LOG_LEVEL: 'silent',
      DELIVERY: `folder:${folder}`,
    };
    const server = { args: ['dist/src/main.js'], says: /http:\/\/127/, env };
    await startOnce(server);
    const empty = await start({ args: ['-e', stay], says: /there/ });
    const whole = await start(server);
    const screens = `await import('./dist/admin-tui/open-screens.js'); ${stay}`;
    const opened = await start({ args: ['--input-type=module', '-e', screens], says: /there/ });
    const help = await start({ args: ['dist/admin-tui/launch.js', '--help'] });
    const most = (value: number) => ({ at: 'most' as const, value });
    return [
      { name: 'empty Node process', value: empty.ms, unit: 'ms' },
      { name: 'empty Node process, memory', value: empty.megabytes, unit: 'MB' },
      {
        name: 'server until it answers, times an empty Node',
        value: whole.ms / empty.ms,
        unit: '×',
        limit: most(10),
      },
      { name: 'server, memory', value: whole.megabytes, unit: 'MB' },
      { name: 'screens loaded, times an empty Node', value: opened.ms / empty.ms, unit: '×' },
      { name: 'screens, memory', value: opened.megabytes, unit: 'MB' },
      { name: 'sparekey-admin --help', value: help.ms, unit: 'ms', limit: most(250) },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
