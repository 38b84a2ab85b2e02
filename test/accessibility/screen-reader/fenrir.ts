import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { openTerminal, type Terminal } from '../../helpers/tmux.ts';

const output = fileURLToPath(new URL('../../output/screen-reader/', import.meta.url));
const within = { timeout: 60_000, interval: 40 };

const settings = '/etc/fenrirscreenreader/settings/settings-pty.conf';

/** Somebody at a terminal who listens to Fenrir; all that is pressed and said is kept as a transcript for people. */
export class TerminalListener {
  readonly #terminal: Terminal;
  readonly #voice: () => Promise<string>;
  readonly #pressed: { at: number; what: string }[] = [];
  #from = 0;

  constructor(terminal: Terminal, voice: () => Promise<string>) {
    this.#terminal = terminal;
    this.#voice = voice;
  }

  /** Presses keys by tmux's names; only what is said from now on counts. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#begin(`[${keys.join(', ')}]`);
    await this.#terminal.press(...keys);
  }

  /** Types text as it is; only what is said from now on counts. */
  async type(text: string): Promise<void> {
    await this.#begin(`[types ${text}]`);
    await this.#terminal.type(text);
  }

  /** Waits until each of these has been said since the last key, in whatever order. */
  async hear(...phrases: readonly string[]): Promise<void> {
    const missing = async () => {
      const said = (await this.#voice()).slice(this.#from);
      return phrases.filter((phrase) => !said.includes(phrase));
    };
    try {
      await expect.poll(missing, within).toEqual([]);
    } catch {
      const said = (await this.#voice()).slice(this.#from);
      const what = `Not said: ${(await missing()).join(' | ')}`;
      throw new Error(`${what}\nSaid: ${said}\nOn the screen: ${await this.#terminal.read()}`);
    }
  }

  /** Goes down a list, whose choice has just been said, until it is this item, and opens it. */
  async choose(item: string): Promise<void> {
    for (let moves = 0; moves < 40; moves += 1) {
      await expect.poll(() => this.#choice(), within).not.toBeUndefined();
      const choice = (await this.#choice()) ?? '';
      if (choice.includes(`: ${item}`)) return this.press('Enter');
      const [at, count] = choice.match(/\d+/g) ?? [];
      await this.press(at === count ? 'Home' : 'Down');
    }
    throw new Error(`No choice says: ${item}`);
  }

  /** The choice that was said last since the last key. */
  async #choice(): Promise<string | undefined> {
    const said = (await this.#voice()).slice(this.#from);
    return said.match(/^\d+ van \d+: .*$/gm)?.at(-1);
  }

  /** All that was said so far. */
  said(): Promise<string> {
    return this.#voice();
  }

  /** Keeps the transcript. */
  async keep(name: string): Promise<void> {
    const voice = await this.#voice();
    const starts = [0, ...this.#pressed.map(({ at }) => at)];
    const lines = starts.flatMap((start, index) => {
      const said = voice
        .slice(start, starts[index + 1])
        .split('\n')
        .filter((line) => line.trim() !== '');
      return [this.#pressed[index - 1]?.what ?? [], said.map((line) => `    ${line}`)].flat();
    });
    await mkdir(output, { recursive: true });
    await writeFile(join(output, `${name}.txt`), `${lines.join('\n')}\n`);
  }

  async #begin(what: string): Promise<void> {
    this.#from = (await this.#voice()).length;
    this.#pressed.push({ at: this.#from, what });
  }
}

async function writeScript(file: string, line: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${line}\n`);
  await chmod(file, 0o755);
}

/** Starts a program in a terminal that Fenrir reads out. */
export async function startFenrir(folder: string, command: readonly string[]): Promise<TerminalListener> {
  const [file, say, program] = [join(folder, 'voice.txt'), join(folder, 'say'), join(folder, 'program')];
  await writeScript(say, `printf '%s\\n' "$1" >> '${file}'`);
  await writeScript(program, `exec ${command.map((word) => `'${word}'`).join(' ')}`);
  const options = [
    'sound#enabled=False',
    'sound#driver=dummyDriver',
    `speech#genericSpeechCommand=${say} "fenrirText"`,
    'remote#enable=False',
    'remote#driver=dummyDriver',
    `general#shell=${program}`,
  ].join(';');
  const terminal = await openTerminal(['fenrir', '-e', '-s', settings, '-o', options], {
    columns: 160,
    rows: 100,
  });
  onTestFinished(() => terminal.close());
  // Where a line ends Fenrir pauses: a pause is a line here.
  const voice = async () =>
    (await readFile(file, 'utf8').catch(() => '')).replace(/ +, +/g, '\n').replaceAll(' dash ', '-');
  return new TerminalListener(terminal, voice);
}
