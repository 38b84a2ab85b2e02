import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { firstLine, Processes, startScreen } from '../../helpers/programs.ts';

const run = promisify(execFile);
const customizations = fileURLToPath(new URL('orca-customizations.py', import.meta.url));

/** What must be installed to hear the screen reader speak. */
export const speechPrograms = ['orca', 'Xvfb', 'openbox', 'dbus-daemon', 'gdbus', 'xdotool'] as const;

/**
 * What Orca does, in order: a piece of speech, a character or key that is echoed, what came into a live region, being
 * silenced by a key, and having handled all that it was told.
 */
export interface Deed {
  kind: 'said' | 'character' | 'key' | 'live' | 'stop' | 'rest';
  text: string;
}

/** The environment of a person who uses a screen reader, with folders that are this chain's alone. */
async function makeHome(folder: string): Promise<Record<string, string>> {
  for (const name of ['run', 'config', 'share/orca', 'cache'])
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  await copyFile(customizations, join(folder, 'share/orca/orca-customizations.py'));
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'share'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    ORCA_PAPER: join(folder, 'paper.txt'),
    GSETTINGS_BACKEND: 'memory',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    GTK_MODULES: 'gail:atk-bridge',
    NO_AT_BRIDGE: '0',
    ACCESSIBILITY_ENABLED: '1',
    GNOME_ACCESSIBILITY: '1',
  };
}

/** Tells every program that asks that a screen reader is in use; asking starts the accessibility bus. */
async function turnAccessibilityOn(env: Record<string, string>): Promise<void> {
  const bus = ['call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus', '--method'];
  await run('gdbus', [...bus, 'org.a11y.Bus.GetAddress'], { env });
  for (const property of ['IsEnabled', 'ScreenReaderEnabled'])
    await run(
      'gdbus',
      [...bus, 'org.freedesktop.DBus.Properties.Set', 'org.a11y.Status', property, '<true>'],
      { env },
    );
}

/** A screen, a keyboard, and Orca with a voice that writes. */
export interface SpeechChain {
  readonly processes: Processes;
  /** Everything that Orca did so far. */
  deeds(): Promise<Deed[]>;
  key(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Keeps what stands on the screen, where ImageMagick is there to do it. */
  picture(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts all of the chain, and waits until Orca has spoken for the first time. */
export async function startSpeech(): Promise<SpeechChain> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-speech-'));
  const processes = new Processes(folder, await makeHome(folder));
  const { env } = processes;
  const close = async () => {
    await processes.endAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => '');
  const deeds = async (): Promise<Deed[]> => {
    const lines = (await read('paper.txt')).split('\n').slice(0, -1);
    return lines.map((line): Deed => JSON.parse(line));
  };
  try {
    await startScreen(processes);
    const bus = processes.start('bus', ['dbus-daemon', '--session', '--print-address', '--nofork']);
    env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, /^unix:.*\n/m);
    processes.start('windows', ['openbox']);
    await turnAccessibilityOn(env);
    const settings = ['-e', 'speech', '-d', 'braille', '-u', join(folder, 'share/orca')];
    // Never with --replace: that would silence the Orca of whoever runs the tests and listens.
    processes.start('orca', ['orca', ...settings]);
    const kinds = async () => (await deeds()).map(({ kind }) => kind);
    await expect.poll(kinds, { timeout: 60_000, interval: 50 }).toContain('said');
  } catch (error) {
    const wrote = (await read('orca.log')).slice(-400);
    await close();
    throw new Error(`The screen reader did not start: ${error}. Orca wrote: ${wrote}`);
  }
  return {
    processes,
    deeds,
    key: async (...keys) => void (await run('xdotool', ['key', '--clearmodifiers', ...keys], { env })),
    type: async (text) => void (await run('xdotool', ['type', '--delay', '30', '--', text], { env })),
    picture: async (file) => void (await run('import', ['-window', 'root', file], { env }).catch(() => {})),
    close,
  };
}
