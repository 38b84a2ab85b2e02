import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { needs } from '../helpers/needs.ts';

needs('systemd-analyze')('the systemd unit of the docs', () => {
  test('is one that systemd understands, line by line', async () => {
    const docs = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const unit = /```ini\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const verify = async (text: string) => {
      const file = join(folder, 'sparekey.service');
      await writeFile(file, text);
      const run = promisify(execFile)('systemd-analyze', ['verify', '--man=no', file]);
      return run.then(
        ({ stderr }) => stderr,
        (error: Error) => error.message,
      );
    };
    const here = unit.replace('/opt/sparekey/node_modules/.bin/node', process.execPath);
    expect(here).not.toBe(unit);
    expect(await verify(here)).toBe('');
    expect(await verify(here.replace('UMask=', 'Umsk='))).toContain('Umsk');
  });
});
