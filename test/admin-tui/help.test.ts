import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const launcher = fileURLToPath(new URL('../../dist/admin-tui/launch.js', import.meta.url));

/** Names on the messages every file that is loaded. */
const telling = `import { registerHooks } from 'node:module';
registerHooks({ load: (url, context, next) => { process.stderr.write(url + '\\n'); return next(url, context); } });`;

async function run(...args: string[]) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: tmpdir(), env: { LANG: 'en_GB.UTF-8' } });
  child.stdin.end();
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, said, took: performance.now() - start };
}

it.each(['--help', '-h'])(
  'the launcher answers people %s by itself, in the language of the machine',
  async (asked) => {
    const { out, said } = await run(launcher, 'people', asked);
    expect(said).toBe('');
    expect(out).toContain('people find WORD');
    expect((await run(launcher, 'people', asked, '--lang', 'nl')).out).toContain('people find WOORD');
  },
);

it('--help starts no other Node and loads no screens, no client of the door and no package at all', async () => {
  const { out, said } = await run(
    '--import',
    `data:text/javascript,${encodeURIComponent(telling)}`,
    launcher,
    '--help',
  );
  expect(out).toContain('sign-in');
  const loaded = said.split('\n').filter((url) => url.startsWith('file:'));
  const bytes = loaded.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
  expect(loaded.some((url) => url.includes('show-help'))).toBe(true);
  expect(bytes, loaded.join('\n')).toBeLessThan(64_000);
});

it('--help takes little more than a Node that does nothing', async () => {
  const [help, nothing]: [number[], number[]] = [[], []];
  for (let n = 0; n < 7; n += 1) {
    help.push((await run(launcher, '--help')).took);
    nothing.push((await run('-e', '0')).took);
  }
  const middle = (all: number[]) => all.toSorted((a, b) => a - b)[3] ?? 0;
  expect(middle(help) / middle(nothing)).toBeLessThan(2.2);
});
