import { openTerminal } from '../helpers/tmux.ts';
import { numberAfter, numberBefore, type TextBrowser } from './text-browser.ts';

/** Its cache stays as it is by default: whoever uses Links has it so. */
const plainly = ['-codepage', 'utf-8', '-html-assume-codepage', 'utf-8', '-html-numbered-links', '1'];

/** Links: all that can be chosen has a number that can be typed, but in a field, which takes every digit for itself. */
export async function startLinks(url: string): Promise<TextBrowser> {
  const terminal = await openTerminal(['links', ...plainly, url]);
  /** The number of the field that has the cursor; 0 where none has. */
  let field = 0;
  await terminal.see('Welcome to');
  await terminal.press('Enter');

  /** Goes to what has this number; a link is followed by it, and a button pressed. */
  async function goTo(number: number): Promise<void> {
    await terminal.type(String(number));
    await terminal.see('Enter link number');
    await terminal.press('Enter');
  }

  /** Goes on from a field to what has this number, which is not followed or pressed yet. */
  async function moveOn(number: number): Promise<void> {
    const key = number > field ? 'Down' : 'Up';
    await terminal.press(...Array.from({ length: Math.abs(number - field) }, () => key));
  }

  async function activate(number: number): Promise<void> {
    if (field === 0) return goTo(number);
    await moveOn(number);
    field = 0;
    await terminal.press('Enter');
  }

  return {
    async open(address) {
      await terminal.type('g');
      await terminal.see('Go to URL');
      await terminal.press('C-u');
      await terminal.type(address);
      await terminal.press('Enter');
      field = 0;
    },
    async fill(label, value) {
      const number = numberAfter(await terminal.read(), label, /\[(\d+)\]_/);
      if (field === 0) await goTo(number);
      else await moveOn(number);
      field = number;
      // The last line tells what has the cursor.
      await terminal.see(/(Text|Password) field[^\n]*\s*$/);
      await terminal.press('C-u');
      await terminal.type(value);
    },
    choose: async (label) => activate(numberBefore(await terminal.read(), label)),
    press: async (words) => activate(numberBefore(await terminal.read(), words)),
    follow: async (words) => activate(numberBefore(await terminal.read(), words)),
    see: terminal.see,
    close: terminal.close,
  };
}
