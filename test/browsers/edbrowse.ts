import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { TextBrowser } from './text-browser.ts';

/** Starts edbrowse and gives what tells it commands and hears what it answers. */
async function startEditor() {
  const home = await mkdtemp(join(tmpdir(), 'sparekey-edbrowse-'));
  await writeFile(join(home, '.ebrc'), `jar = ${home}/cookies\n`);
  const child = spawn('edbrowse', [], { env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' } });
  let heard = '';
  let asked = 0;
  const listen = (chunk: Buffer) => {
    heard += chunk.toString('utf8');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);

  /** Does these commands; a mark, which a shell writes, tells that the last is done. */
  async function tell(...commands: readonly string[]): Promise<string> {
    asked += 1;
    const [begin, end] = [`begin-${asked}\n`, `end-${asked}\n`];
    child.stdin.write(`!echo ${begin}${commands.join('\n')}\n!echo ${end}`);
    await expect.poll(() => heard, { timeout: 20_000, interval: 10 }).toContain(end);
    const answer = heard.slice(heard.indexOf(begin) + begin.length, heard.indexOf(end));
    heard = '';
    return answer.replace(/^ok\n/, '');
  }
  const close = async () => {
    child.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
  };
  return { tell, close };
}

/** edbrowse, which people who can't see use line by line: a field stands on the line of its label or after its hint. */
export async function startEdbrowse(url: string): Promise<TextBrowser> {
  const { tell, close } = await startEditor();
  const read = () => tell(',p');

  /** Goes to the first line with this mark, at or after the line that begins with these words. */
  async function onLine(words: string, mark: string, command: string): Promise<void> {
    const lines = (await read()).split('\n');
    const from = lines.findIndex((line) => line.startsWith(words));
    const place = lines.findIndex((line, index) => index >= from && line.includes(mark));
    if (from < 0 || place < 0) throw new Error(`No ${mark} after “${words}” on:\n${lines.join('\n')}`);
    await tell(String(place + 1), command);
  }

  await tell(`b ${url}`);
  return {
    open: async (address) => void (await tell(`b ${address}`)),
    fill: (label, value) => onLine(label, '<', `i1=${value}`),
    choose: (label) => onLine('<-> ', `<-> ${label}`, 'i1=+'),
    press: (words) => onLine('', `<${words}>`, 'i*'),
    follow: (words) => onLine('', `{${words}}`, 'g'),
    async see(words) {
      const page = await read();
      expect(page.replace(/\s+/g, ' ')).toContain(words);
      return page;
    },
    close,
  };
}
