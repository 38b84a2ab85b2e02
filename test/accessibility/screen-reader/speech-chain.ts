import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { firstLine, Processes, startScreen } from '../../helpers/programs.ts';

const run = promisify(execFile);

/** What must be installed to hear the screen reader speak. */
export const speechPrograms = [
  'orca',
  'Xvfb',
  'openbox',
  'dbus-daemon',
  'gdbus',
  'speech-dispatcher',
  'xdotool',
] as const;

/** A chain from the accessibility bus to a voice has stopped working: that says nothing of what a page sounds like. */
export class SpeechBroke extends Error {}

/** The one voice of speech-dispatcher writes what it is given to a file, in the time that saying nothing takes. */
async function makeVoice(folder: string): Promise<void> {
  const modules = join(folder, 'config/speech-dispatcher/modules');
  await mkdir(modules, { recursive: true });
  const say = join(folder, 'say');
  await writeFile(say, `#!/bin/sh\n{ cat; echo; } >> '${folder}/voice.txt'\n`);
  await chmod(say, 0o755);
  await writeFile(
    join(modules, 'file.conf'),
    [
      'Debug 0',
      `GenericExecuteSynth "printf %s \\'$DATA\\' | ${say}"`,
      'GenericLanguage "en" "en" "utf-8"',
      'GenericLanguage "nl" "nl" "utf-8"',
      'AddVoice "en" "MALE1" "en"',
      'AddVoice "nl" "MALE1" "nl"',
      'GenericMaxChunkLength 5000',
    ].join('\n'),
  );
  await writeFile(
    join(folder, 'config/speech-dispatcher/speechd.conf'),
    [
      'LogLevel 3',
      `LogDir "${folder}"`,
      'AddModule "file" "sd_generic" "file.conf"',
      'DefaultModule file',
      'AudioOutputMethod "alsa"',
      'AudioALSADevice "null"',
    ].join('\n'),
  );
}

/** The environment of a person who uses a screen reader, with folders that are this chain's alone. */
async function makeHome(folder: string): Promise<Record<string, string>> {
  for (const name of ['run', 'config', 'share', 'cache'])
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'share'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    SPEECHD_ADDRESS: `unix_socket:${folder}/run/speechd.sock`,
    GSETTINGS_BACKEND: 'memory',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    GTK_MODULES: 'gail:atk-bridge',
    NO_AT_BRIDGE: '0',
    ACCESSIBILITY_ENABLED: '1',
    GNOME_ACCESSIBILITY: '1',
    MOZ_DISABLE_CONTENT_SANDBOX: '1',
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

/** A screen, a keyboard, Orca and a voice that writes. */
export interface SpeechChain {
  readonly processes: Processes;
  /** Everything that has been said so far, piece by piece. */
  said(): Promise<string[]>;
  key(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Keeps what stands on the screen, where ImageMagick is there to do it. */
  picture(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts all of the chain, and waits until Orca has spoken for the first time. */
export async function startSpeech(): Promise<SpeechChain> {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-speech-'));
  await makeVoice(folder);
  const processes = new Processes(folder, await makeHome(folder));
  const { env } = processes;
  const close = async () => {
    await processes.endAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => '');
  const said = async () => (await read('voice.txt')).split('\n').filter((line) => line.trim() !== '');
  try {
    await startScreen(processes);
    const bus = processes.start('bus', ['dbus-daemon', '--session', '--print-address', '--nofork']);
    env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, /^unix:.*\n/m);
    processes.start('windows', ['openbox']);
    await turnAccessibilityOn(env);
    const socket = ['-c', 'unix_socket', '-S', join(folder, 'run/speechd.sock')];
    const own = ['-C', join(folder, 'config/speech-dispatcher'), '-P', join(folder, 'run/speechd.pid')];
    processes.start('voice', ['speech-dispatcher', '-s', '-t', '0', ...own, ...socket, '-L', folder]);
    const settings = ['-e', 'speech', '-d', 'braille', '-u', join(folder, 'share/orca')];
    // Never with --replace: that would silence the Orca of whoever runs the tests and listens.
    processes.start('orca', ['orca', ...settings]);
    await expect.poll(said, { timeout: 30_000, interval: 100 }).not.toEqual([]);
  } catch (error) {
    const state = `${processes.ended.join(', ') || 'nothing'} had ended; Orca wrote: ${(await read('orca.log')).slice(-400)}`;
    await close();
    throw new SpeechBroke(`The screen reader did not start: ${error}. ${state}`);
  }
  return {
    processes,
    said,
    key: async (...keys) => void (await run('xdotool', ['key', '--clearmodifiers', ...keys], { env })),
    type: async (text) => void (await run('xdotool', ['type', '--delay', '30', '--', text], { env })),
    picture: async (file) => void (await run('import', ['-window', 'root', file], { env }).catch(() => {})),
    close,
  };
}
