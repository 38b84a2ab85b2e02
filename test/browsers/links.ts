import { openTerminal } from '../helpers/tmux.ts';
import { numberAfter, numberBefore, type TextBrowser } from './text-browser.ts';

/** Links and ELinks, of one descent: all that can be chosen has a number, Down goes from one to the next, fields take text at once. */
async function startKin(command: readonly string[], url: string): Promise<TextBrowser> {
  const terminal = await openTerminal([...command, url]);
  let at = 1;
  await terminal.see('Welcome to');
  await terminal.press('Enter');

  async function moveTo(number: number): Promise<void> {
    const key = number > at ? 'Down' : 'Up';
    const keys = Array.from({ length: Math.abs(number - at) }, () => key);
    if (keys.length > 0) await terminal.press(...keys);
    at = number;
  }

  async function leave(number: number): Promise<void> {
    await moveTo(number);
    await terminal.press('Enter');
    at = 1;
  }

  return {
    async open(address) {
      await terminal.type('g');
      await terminal.see('Go to URL');
      await terminal.press('C-u');
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
    press: async (words) => leave(numberBefore(await terminal.read(), words)),
    follow: async (words) => leave(numberBefore(await terminal.read(), words)),
    see: terminal.see,
    close: terminal.close,
  };
}

const plainly = ['-codepage', 'utf-8', '-html-assume-codepage', 'utf-8', '-html-numbered-links', '1'];

/** Links, in a terminal. */
export function startLinks(url: string): Promise<TextBrowser> {
  return startKin(['links', ...plainly], url);
}

const settings = [
  'document.browse.links.numbering = 1',
  'document.browse.forms.insert_mode = 0',
  'document.browse.forms.show_formhist = 0',
  'document.browse.forms.confirm_submit = 0',
];

/** ELinks, in a terminal. */
export function startElinks(url: string): Promise<TextBrowser> {
  const options = settings.flatMap((one) => ['-eval', `set ${one}`]);
  return startKin(['elinks', '-no-connect', '1', ...options], url);
}
