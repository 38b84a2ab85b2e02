import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import { expect, onTestFinished, vi } from 'vitest';
import { App } from '../../../admin-tui/app.tsx';
import { bindingsOf } from '../../../admin-tui/keys.ts';
import { makeKit } from '../../../admin-tui/open-screens.ts';
import type { Do, Me, Screen } from '../../../admin-tui/stage/screen.ts';
import { openStage } from '../../../admin-tui/stage/stage.ts';
import type { Language } from '../../../src/words/languages.ts';
import { type AdminHouse, testTime } from '../../helpers/admin-house.ts';

const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  enter: '\r',
  escape: '\u001b',
  save: '\u0013',
  clear: '\u0015',
  leave: '\u0003',
  home: '\u001b[H',
  end: '\u001b[F',
} as const;

type Key = keyof typeof keys;

/** Who sits at the terminal of a test. */
export const anna: Me = { name: 'anna', displayName: 'Anna', role: 'administrator' };
/** Somebody of the help desk. */
export const hugo: Me = { name: 'hugo', displayName: 'Hugo', role: 'helpdesk' };

interface Seat {
  me?: Me | undefined;
  token?: string | undefined;
  language?: Language;
  size?: { columns: number; rows: number };
}

/** Makes the kit of a terminal at this house, somebody signed in. */
export function kitAt(house: AdminHouse, { me = anna, token, language = 'nl' }: Seat = {}) {
  const kit = Object.assign(makeKit({ socket: house.socket }, language, true), { now: () => testTime });
  kit.session.me = me;
  kit.session.token = token ?? (me.role === 'helpdesk' ? house.helpdeskToken : house.token);
  return kit;
}

/**
 * The terminal that is played has columns and no rows: for those Ink would ask programs, five processes for each picture
 * it draws, and a process costs the more the larger this one has grown.
 */
function stubWindow(): void {
  vi.stubEnv('COLUMNS', '100').stubEnv('LINES', '24');
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** Draws a screen against a real house; `begin` is the screen, or what opens it. */
export function openScreen(kit: ReturnType<typeof kitAt>, screen: Screen, size = { columns: 80, rows: 24 }) {
  const stage = openStage(kit, screen);
  stubWindow();
  const shown = render(<App stage={stage} tools={kit} size={size} />);
  onTestFinished(() => shown.unmount());
  const read = () => stripVTControlCharacters(shown.lastFrame() ?? '').replace(/ +$/gm, '');
  const settled = () => {
    const { busy, frames } = stage.get();
    const top = frames.at(-1);
    return !busy && !(top?.kind === 'list' && top.loaded.state === 'loading');
  };
  const expectKeysApart = () => {
    const letters = bindingsOf(stage.get(), kit.words.stage).map(({ press }) => JSON.stringify(press));
    expect(letters, 'keys that are bound twice').toEqual([...new Set(letters)]);
  };
  return {
    stage,
    read,
    /** Waits until this stands on the screen and nothing is awaited, and gives the screen. */
    async see(what: string | RegExp) {
      await expect.poll(() => (settled() ? read() : ''), { timeout: 60_000, interval: 15 }).toMatch(what);
      expectKeysApart();
      return read();
    },
    /** Presses keys by name, one after another, each once what came before is settled. */
    async press(...pressed: (Key | { letter: string })[]) {
      for (const key of pressed) {
        await expect.poll(settled, { timeout: 60_000, interval: 5 }).toBe(true);
        shown.stdin.write(typeof key === 'string' ? keys[key] : key.letter);
        await new Promise((resolve) => setTimeout(resolve, key === 'escape' ? 60 : 5));
      }
    },
    /** Types text as it is. */
    async type(text: string) {
      shown.stdin.write(text);
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/** What an act such as opening the policy puts up. */
export async function screenOf(kit: ReturnType<typeof kitAt>, open: Do): Promise<Screen> {
  const next = await open(kit);
  if (next.next !== 'go') throw new Error(next.next);
  return next.screen;
}

/** A terminal as a test holds it. */
export type OpenScreen = ReturnType<typeof openScreen>;
