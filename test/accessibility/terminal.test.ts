import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tellLineStory } from '../admin-tui/line-story.ts';
import { tellMainStory } from '../admin-tui/main-story.ts';
import { openAdmin, password, startHouse } from '../admin-tui/story-house.ts';
import { needs } from '../helpers/needs.ts';
import type { Terminal } from '../helpers/tmux.ts';

const output = fileURLToPath(new URL('../output/', import.meta.url));

/** A whole story takes as long as the machine needs for a server, a terminal and a thousand people. */
const patience = 240_000;

/** Keeps what was read or said, so that a person can read how it is. */
async function keep(name: string, lines: readonly string[]): Promise<void> {
  await mkdir(output, { recursive: true });
  await writeFile(join(output, `terminal-${name}.txt`), `${lines.join('\n')}\n`);
}

/** A terminal that remembers each screen that was waited for. */
function remembering(terminal: Terminal) {
  const screens: string[] = [];
  const looks: string[] = [];
  const see: Terminal['see'] = async (what) => {
    const seen = await terminal.see(what);
    looks.push(await terminal.readLooks());
    if (screens.at(-1) !== seen) screens.push(seen);
    return seen;
  };
  return { terminal: { ...terminal, see }, screens, looks };
}

/** Sentences of the story that somebody who listens must hear. */
const heard = [
  'Veld 1 van 7, Code:',
  'Taal: Nederlands',
  'Wachtwoord, wordt niet getoond:',
  'Uw account is gemaakt. Meld u nu aan.',
  'Welkom, Anna. Waar wilt u heen?',
  'Veld 1 van 27, Wie doet mee: iedereen',
  'Uitstel in dagen: van 7 naar 14',
  'Het beleid is bewaard als versie 2.',
  'De vraag is toegevoegd en staat aan.',
  'Kantoortelefoon: nummer dat eindigt op 00, toestel 12',
  'Klaar voor een proefronde.',
  'toegevoegd: 1.000',
  'Ja, voer de import uit',
  'Het resultaat per rij staat in',
  'Niemand is te laat.',
];

needs('tmux')('the administrators’ main story', () => {
  it(
    'is told without boxes or cursor movements, chosen by itself for a dumb terminal',
    async () => {
      const { folder, ...given } = await startHouse();
      const size = { columns: 100, rows: 400 };
      const terminal = await openAdmin(folder, { size, env: ['TERM=dumb'] });
      await tellLineStory(terminal, given);
      const told = await terminal.read();
      await keep('dumb', [told.trimEnd()]);
      for (const sentence of heard) expect(told).toContain(sentence);
      expect(told).not.toMatch(/[─│┌█░]/);
      expect(told).not.toContain(password);
    },
    patience,
  );

  it(
    'says nothing by colour: with NO_COLOR the whole story can be told without any',
    async () => {
      const { folder, ...given } = await startHouse();
      const size = { columns: 80, rows: 24 };
      const { terminal, screens, looks } = remembering(
        await openAdmin(folder, { size, env: ['NO_COLOR=1'] }),
      );
      await tellMainStory(terminal, given);
      await keep(
        'no-color',
        screens.flatMap((screen) => [screen.trimEnd(), '='.repeat(80)]),
      );
      expect(looks.length).toBeGreaterThan(20);
      for (const look of looks) expect(look).not.toContain('\u001b[');
    },
    patience,
  );
});
