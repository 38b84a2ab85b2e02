import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTerminal } from '../helpers/tmux.ts';
import { numberAfter, numberBefore, type TextBrowser } from './text-browser.ts';

const options = ['-accept_all_cookies', '-assume_charset=utf-8', '-display_charset=utf-8', '-number_fields'];

// Lynx stops for a second at every message, which is for people.
const settings = ['INFOSECS', 'MESSAGESECS', 'ALERTSECS', 'DELAYSECS'].map((name) => `${name}:0\n`);

/** Lynx: everything that can be chosen has a number, and the arrow keys go from one to the next. */
export async function startLynx(url: string): Promise<TextBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-lynx-'));
  const config = join(folder, 'lynx.cfg');
  await writeFile(config, settings.join(''));
  const terminal = await openTerminal(['lynx', `-cfg=${config}`, ...options, url]);
  let at = 1;

  async function moveTo(number: number): Promise<void> {
    const key = number > at ? 'Down' : 'Up';
    const keys = Array.from({ length: Math.abs(number - at) }, () => key);
    if (keys.length > 0) await terminal.press(...keys);
    at = number;
  }

  async function leave(number: number, key: string): Promise<void> {
    await moveTo(number);
    await terminal.press(key);
    at = 1;
  }

  return {
    async open(address) {
      await terminal.type('g');
      await terminal.see('URL to open');
      await terminal.type(address);
      await terminal.press('Enter');
      at = 1;
    },
    async fill(label, value) {
      await moveTo(numberAfter(await terminal.read(), label, /\[(\d+)\]_/));
      await terminal.press('C-u');
      await terminal.type(value);
    },
    async choose(label) {
      await moveTo(numberBefore(await terminal.read(), label));
      await terminal.press('Enter');
    },
    press: async (words) => leave(numberBefore(await terminal.read(), `BUTTON) ${words}`), 'Enter'),
    follow: async (words) => leave(numberBefore(await terminal.read(), words), 'Enter'),
    see: terminal.see,
    async close() {
      await terminal.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
