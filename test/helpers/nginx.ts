import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The configuration of the docs, as it stands there. */
async function readDocs(): Promise<string> {
  const docs = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const block = /```nginx\n([\s\S]*?)```/.exec(docs)?.[1];
  if (block === undefined) throw new Error('The docs have no nginx configuration.');
  return block;
}

/** Starts nginx on a port before two nodes, with the configuration of the docs; `change` says what is to differ. */
export async function startNginx(
  folder: string,
  { port, nodes, change = (text) => text }: NginxWanted,
): Promise<void> {
  const prefix = join(folder, 'nginx');
  await mkdir(join(prefix, 'tmp'), { recursive: true });
  const [first, second] = nodes;
  const filled = change(await readDocs())
    .replace('192.0.2.11:3000', `127.0.0.1:${first}`)
    .replace('192.0.2.12:3000', `127.0.0.1:${second}`)
    .replace('server {\n', `server {\n listen 127.0.0.1:${port};\n`)
    .replace('sparekey.example.org;', 'localhost;');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path tmp/${name};`).join('\n');
  // The workers of a root's nginx are somebody else, who has no business in the folder of a test.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = `${user} daemon off; worker_processes 1; pid nginx.pid; error_log error.log; events {}
    http { access_log off; ${paths}\n${filled} }`;
  await writeFile(join(prefix, 'nginx.conf'), main);
  const child = spawn('nginx', ['-p', prefix, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'inherit' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
}

/** Where nginx listens, the ports of the two nodes, and what is to differ from the docs. */
export interface NginxWanted {
  port: number;
  nodes: number[];
  change?(docs: string): string;
}
