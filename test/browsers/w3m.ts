import { openTerminal } from '../helpers/tmux.ts';
import { numberAfter, numberBefore, type TextBrowser } from './text-browser.ts';

const settings = ['auto_image=0', 'accept_cookie=1', 'show_cookie=0', 'display_link_number=1'];
const options = ['-no-mouse', '-cookie', '-I', 'UTF-8', '-O', 'UTF-8'];

/** w3m: links and fields have numbers, buttons are found by searching backwards from the end of the page. */
export async function startW3m(url: string): Promise<TextBrowser> {
  const terminal = await openTerminal(['w3m', ...options, ...settings.flatMap((one) => ['-o', one]), url]);

  async function activate(number: number): Promise<void> {
    await terminal.type(`${number}[`);
    await terminal.press('Enter');
  }

  return {
    async open(address) {
      await terminal.type('U');
      await terminal.see('Goto URL:');
      await terminal.press('C-u');
      await terminal.type(address);
      await terminal.press('Enter');
    },
    async fill(label, value) {
      await activate(numberAfter(await terminal.read(), label, /\[(\d+)\]\[/));
      await terminal.see(/^(TEXT|Password):/m);
      await terminal.press('C-u');
      await terminal.type(value);
      await terminal.press('Enter');
      await terminal.see(/^Viewing/m);
    },
    choose: async (label) => activate(numberBefore(await terminal.read(), label)),
    async press(words) {
      await terminal.type(`G?${words}`);
      await terminal.press('Enter', 'Enter');
    },
    follow: async (words) => activate(numberBefore(await terminal.read(), words)),
    see: terminal.see,
    close: terminal.close,
  };
}
