import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SpeechBroke, type SpeechChain } from './speech-chain.ts';

const output = fileURLToPath(new URL('../../output/screen-reader/', import.meta.url));
const patience = 60_000;

/** Pieces as one text: where Orca begins a new piece is its own affair. */
function joined(pieces: readonly string[]): string {
  return pieces.join(' ').replace(/\s+/g, ' ');
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

  /** Sits down; what was said before is not part of what is heard. */
  static async sitDown(chain: SpeechChain, name: string): Promise<Listener> {
    const transcript = `${output}${name}.txt`;
    await mkdir(dirname(transcript), { recursive: true });
    await writeFile(transcript, '');
    const listener = new Listener(chain, transcript);
    listener.#from = (await chain.said()).length;
    listener.#written = listener.#from;
    return listener;
  }

  /** Begins a step: only what is said from now on counts. */
  async step(name: string): Promise<void> {
    await this.#note(`\n--- ${name}`);
    this.#from = (await this.#chain.said()).length;
  }

  async press(...keys: readonly string[]): Promise<void> {
    await this.#note(`[${keys.join(', ')}]`);
    await this.#chain.key(...keys);
  }

  async type(text: string): Promise<void> {
    await this.#note(`[types ${text}]`);
    await this.#chain.type(text);
  }

  /** Waits until each of these has been said in this step, in whatever order. */
  async hear(...phrases: readonly string[]): Promise<void> {
    const missing = async () => {
      const said = joined(await this.#sinceStep());
      return phrases.filter((phrase) => !said.includes(phrase));
    };
    const end = Date.now() + patience;
    while ((await missing()).length > 0 && Date.now() < end) await pause(50);
    await this.#note();
    const never = await missing();
    if (never.length === 0) return;
    await this.#note(`*** not said: ${never.join(' | ')}`);
    await this.#chain.picture(this.#transcript.replace(/txt$/, 'png'));
    await this.#checkChain();
    throw new Error(`Not said: “${never.join('”, “')}”, but: ${joined(await this.#sinceStep())}`);
  }

  /** Lets the page be read out until nothing more is said, and gives all that was said in this step. */
  async listen(): Promise<string> {
    const end = Date.now() + patience;
    let before = -1;
    let now = (await this.#sinceStep()).length;
    while (now !== before && Date.now() < end) {
      await pause(1200);
      before = now;
      now = (await this.#sinceStep()).length;
    }
    await this.#note();
    return joined(await this.#sinceStep());
  }

  /** Presses Tab until this is said. */
  async tabTo(words: string): Promise<void> {
    await this.press('Control_L');
    for (let stop = 0; stop < 30; stop += 1) {
      await this.step(`on the way to “${words}”`);
      await this.press('Tab');
      const said = await this.#stopSaid();
      if (said.includes(words)) return;
    }
    await this.#checkChain();
    throw new Error(`Tab never came to “${words}”.`);
  }

  /** What is said at one stop of Tab; the name of the key itself is no answer yet. */
  async #stopSaid(): Promise<string> {
    const end = Date.now() + 5000;
    const own = async () =>
      (await this.#sinceStep()).filter(
        (piece) => !/^\s*(left control|tab|return|leaving .*)[\s.]*$/i.test(piece),
      );
    let said = await own();
    let before = -1;
    while ((said.length === 0 || said.length !== before) && Date.now() < end) {
      before = said.length;
      await pause(250);
      said = await own();
    }
    await this.#note();
    return joined(said);
  }

  async #sinceStep(): Promise<string[]> {
    return (await this.#chain.said()).slice(this.#from);
  }

  /** A step in which nothing at all is said, or a program that has gone, is no matter of the page. */
  async #checkChain(): Promise<void> {
    const { ended } = this.#chain.processes;
    if (ended.length > 0) throw new SpeechBroke(`${ended.join(' and ')} ended by itself.`);
    if ((await this.#sinceStep()).length === 0) throw new SpeechBroke('Nothing at all was said.');
  }

  async #note(line?: string): Promise<void> {
    const said = (await this.#chain.said()).slice(this.#written);
    this.#written += said.length;
    const lines = [...said.map((one) => `    ${one.trim()}`), line ?? []].flat();
    if (lines.length > 0) await appendFile(this.#transcript, `${lines.join('\n')}\n`);
  }
}
