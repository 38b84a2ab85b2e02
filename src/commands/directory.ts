import { parseArgs } from 'node:util';
import { BadConfig, readProcessConfig } from '../config/config.ts';
import { makeLog, openHouse } from '../house.ts';
import type { Kept } from '../synchronisation/keep-accounts.ts';
import type { Losses } from '../synchronisation/losses.ts';
import { synchronise } from '../synchronisation/synchronise.ts';
import type { Command } from './command.ts';

const usage = `sparekey directory sync [--whole] [--accept-losses N]: brings the people up to what the directory says.
--whole looks at everybody anew; --accept-losses disables who is missing, at most N people.`;

interface Asked {
  whole: boolean;
  acceptLosses?: number;
}

/** null when it was typed wrongly. */
function readAsked([verb, ...args]: readonly string[]): Asked | null {
  const options = { whole: { type: 'boolean' }, 'accept-losses': { type: 'string' } } as const;
  try {
    const { whole = false, 'accept-losses': most } = parseArgs({ args, options }).values;
    if (verb !== 'sync' || (most !== undefined && !/^\d{1,9}$/.test(most))) return null;
    return { whole, ...(most === undefined ? {} : { acceptLosses: Number(most) }) };
  } catch {
    return null;
  }
}

function progressLine({ added, changed, same, unusable }: Kept, began: number): string {
  const looked = added + changed + same + unusable;
  const rate = Math.round((looked / (performance.now() - began)) * 1000);
  return `${looked} looked at: ${added} new, ${changed} changed, ${unusable} unusable; ${rate} a second`;
}

function heldLines({ missing, of }: Losses): string {
  return `${missing} of ${of} people are missing from the directory: so many at once look like a fault, and none of them was disabled.
See whether Sparekey can see everybody there (sparekey doctor). If they are meant to be gone:
  sparekey directory sync --accept-losses ${missing}`;
}

/** Brings the people up to what the directory says, and tells how far it is; a signal stops it between two pages. */
export const directory: Command = async ({ args, now, out, say }) => {
  const asked = readAsked(args);
  if (asked === null) {
    say(usage);
    return 2;
  }
  const config = readProcessConfig();
  if (!config.directory) throw new BadConfig(['DIRECTORY_URL is not set: there is no directory to look at.']);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stopping.abort());
  const log = makeLog(config, 'stderr');
  const house = await openHouse(config, { now, terminal: out, log });
  try {
    const began = performance.now();
    const onProgress = (kept: Kept) => say(progressLine(kept, began));
    const done = await synchronise(house.deps, { ...asked, stop: stopping.signal, onProgress });
    const held = 'held' in done ? done.held : null;
    if (held) say(heldLines(held));
    out.write(`${JSON.stringify(done)}\n`);
    return done.result === 'done' && !held ? 0 : 1;
  } finally {
    await house.close();
  }
};
