import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Deed, SpeechChain } from './speech-chain.ts';

const output = fileURLToPath(new URL('../../output/screen-reader/', import.meta.url));
const within = { timeout: 60_000, interval: 40 };

/** Pieces as one text: where Orca begins a new piece is its own affair. */
function joined(deeds: readonly Deed[]): string {
  return piecesOf(deeds).join(' ').replace(/\s+/g, ' ');
}

function piecesOf(deeds: readonly Deed[]): string[] {
  return deeds.filter(({ kind }) => kind === 'said').map(({ text }) => text.trim());
}

/** Somebody at the keyboard who listens; all that is pressed and said is kept as a transcript for people. */
export class Listener {
  readonly #chain: SpeechChain;
  readonly #transcript: string;
  #from = 0;
  #written = 0;

  private constructor(chain: SpeechChain, transcript: string) {
    this.#chain = chain;
    this.#transcript = transcript;
  }

  /** Sits down; the transcript gets this name. */
  static async sitDown(chain: SpeechChain, name: string): Promise<Listener> {
    const transcript = `${output}${name}.txt`;
    await mkdir(dirname(transcript), { recursive: true });
    await writeFile(
      transcript,
      'What Orca says, without the echo of each key. What is pressed stands in [ ].\n',
    );
    return new Listener(chain, transcript);
  }

  /** Begins a step: only what is said from now on counts. */
  async step(name: string): Promise<void> {
    await this.#note(`\n--- ${name}`);
    this.#from = (await this.#chain.deeds()).length;
  }

  async press(...keys: readonly string[]): Promise<void> {
    await this.#note(`[${keys.join(', ')}]`);
    await this.#chain.key(...keys);
  }

  async type(text: string): Promise<void> {
    await this.#note(`[types ${text}]`);
    await this.#chain.type(text);
  }

  /** Waits until each of these has been said in this step, in whatever order; gives all that was said. */
  async hear(...phrases: readonly string[]): Promise<string> {
    const missing = async () => {
      const said = joined(await this.#sinceStep());
      return phrases.filter((phrase) => !said.includes(phrase));
    };
    try {
      await expect.poll(missing, within).toEqual([]);
    } catch {
      throw await this.#failure(`not said: ${(await missing()).join(' | ')}`);
    }
    return this.#rest();
  }

  /** Presses Tab until this is said. */
  async tabTo(words: string): Promise<void> {
    await this.step(`by Tab to “${words}”`);
    const stops: string[] = [];
    while (stops.length < 40) {
      this.#from = (await this.#chain.deeds()).length;
      await this.press('Tab');
      stops.push(await this.#anything());
      if (stops.at(-1)?.includes(words)) return;
    }
    throw await this.#failure(`Tab never came to “${words}”, but to: ${stops.join(' | ')}`);
  }

  /** All that live regions announced so far, piece by piece: twice is twice, said or cut off. */
  async announced(): Promise<string[]> {
    return (await this.#chain.deeds()).filter(({ kind }) => kind === 'live').map(({ text }) => text);
  }

  async #anything(): Promise<string> {
    try {
      await expect.poll(async () => joined(await this.#sinceStep()), within).not.toBe('');
    } catch {
      throw await this.#failure('nothing at all was said');
    }
    return this.#rest();
  }

  /** What went wrong, with all that Orca did in this step; the transcript ends with it, and a picture of the screen is beside it. */
  async #failure(what: string): Promise<Error> {
    const deeds = (await this.#sinceStep()).map(({ kind, text }) => `${kind} ${text}`.trim());
    await this.#note(`*** ${what}`);
    await this.#chain.picture(this.#transcript.replace(/txt$/, 'png'));
    return new Error(`${what}. What Orca did: ${deeds.join(' | ')}`);
  }

  /** Waits until Orca has handled all that it was told, and gives all that was said in this step. */
  async #rest(): Promise<string> {
    await expect.poll(async () => (await this.#sinceStep()).at(-1)?.kind, within).toBe('rest');
    await this.#note();
    return joined(await this.#sinceStep());
  }

  async #sinceStep(): Promise<Deed[]> {
    return (await this.#chain.deeds()).slice(this.#from);
  }

  async #note(line?: string): Promise<void> {
    const deeds = (await this.#chain.deeds()).slice(this.#written);
    this.#written += deeds.length;
    const lines = [...piecesOf(deeds).map((piece) => `    ${piece}`), line ?? []].flat();
    if (lines.length > 0) await appendFile(this.#transcript, `${lines.join('\n')}\n`);
  }
}
