import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openTerminal, type Terminal } from '../helpers/tmux.ts';

const settings = '/etc/fenrirscreenreader/settings/settings-pty.conf';

/** A program in a terminal, with the screen reader Fenrir between; its voice writes down what it says. */
export interface SpokenTerminal extends Terminal {
  /** What has been said so far, one utterance a line. */
  spoken(): Promise<string[]>;
}

/** Fenrir's settings for a terminal of its own, with the voice and the program that it is to start. */
async function writeSettings(folder: string): Promise<string> {
  const changed: Record<string, string> = {
    driver: '',
    genericSpeechCommand: `${join(folder, 'voice')} "fenrirText"`,
    shell: join(folder, 'program'),
    debugFile: join(folder, 'fenrir.log'),
  };
  const sectionsOff = ['[sound]', '[remote]'];
  let section = '';
  const lines = (await readFile(settings, 'utf8')).split('\n').map((line) => {
    if (line.startsWith('[')) section = line.trim();
    const name = line.split('=')[0] ?? '';
    if (sectionsOff.includes(section) && /^enabled?$/.test(name)) return `${name}=False`;
    return changed[name] ? `${name}=${changed[name]}` : line;
  });
  const file = join(folder, 'settings.conf');
  await writeFile(file, lines.join('\n'));
  return file;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' ');
}

/** Starts a program under Fenrir. */
export async function openSpoken(command: readonly string[], size: { columns: number; rows: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'sk-fenrir-'));
  const speech = join(folder, 'speech');
  await writeFile(speech, '');
  await writeFile(join(folder, 'voice'), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${speech}'\n`);
  await writeFile(join(folder, 'program'), `#!/bin/sh\nexec ${quoted(command)}\n`);
  for (const name of ['voice', 'program']) await chmod(join(folder, name), 0o700);
  const terminal = await openTerminal(['fenrir', '-e', '-s', await writeSettings(folder)], size);
  onTestFinished(async () => {
    await terminal.close();
    await rm(folder, { recursive: true, force: true });
  });
  // Fenrir says a line of the screen after another, with a pause that it writes as a comma.
  const spoken = async () =>
    (await readFile(speech, 'utf8'))
      .split(/\n| {2}, /)
      .map((words) => words.trim())
      .filter((words) => /[\p{L}\p{N}]/u.test(words));
  return { ...terminal, spoken } satisfies SpokenTerminal;
}
