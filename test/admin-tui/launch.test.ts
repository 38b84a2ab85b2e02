import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sk-'));
});
afterAll(() => rm(folder, { recursive: true }));

const pinnedNode = new URL('../../src/pinned-node.ts', import.meta.url).href;

/** A launcher and its program, in files of their own; `before` plays another Node. */
async function makeLauncher(program: string, before = ''): Promise<string> {
  const [launcher, main] = [join(folder, 'launch.ts'), join(folder, 'main.mjs')];
  await writeFile(main, program);
  const load = `const { runPinnedNode } = await import('${pinnedNode}');`;
  await writeFile(launcher, `${before}\n${load}\nrunPinnedNode(new URL('${pathToFileURL(main).href}'));\n`);
  return launcher;
}

function run(launcher: string, args: string[] = []) {
  return new Promise<{ code: unknown; out: string; said: string }>((resolve) => {
    execFile(process.execPath, [launcher, ...args], (error, out, said) =>
      resolve({ code: error?.code ?? 0, out, said }),
    );
  });
}

describe('the launcher', () => {
  it('runs the pinned Node with the arguments, and ends with the program’s exit code', async () => {
    const launcher = await makeLauncher(
      'console.log(process.execPath, process.argv.slice(2)); process.exitCode = 7;',
    );
    const { code, out } = await run(launcher, ['people', '--name', 'a b', '$x']);
    expect(code).toBe(7);
    expect(out).toContain("[ 'people', '--name', 'a b', '$x' ]");
    expect(out).toContain('node_modules/node-');
  });

  it('passes signals on and ends by the same one', async () => {
    const launcher = await makeLauncher(`
      process.on('SIGTERM', () => { console.log('draining'); process.exit(3); });
      console.log('ready'); setInterval(() => {}, 1000);`);
    const child = spawn(process.execPath, [launcher]);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
      if (String(chunk).includes('ready')) child.kill('SIGTERM');
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(3);
    expect(out).toContain('draining');
  });

  it('on an old Node without the pinned one says what to do', async () => {
    const old = `Object.defineProperty(process, 'platform', { value: 'sunos' });
      Object.defineProperty(process.versions, 'node', { value: '20.20.0' });`;
    const { code, out, said } = await run(await makeLauncher('console.log("started")', old));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(said).toContain('needs Node 24 or newer; this is Node 20.20.0');
  });

  it('without the pinned one runs on this Node when it is new enough', async () => {
    const other = `Object.defineProperty(process, 'platform', { value: 'sunos' });`;
    expect(await run(await makeLauncher('console.log("started")', other))).toMatchObject({
      code: 0,
      out: 'started\n',
    });
  });
});
