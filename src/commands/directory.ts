import { BadConfig, readProcessConfig } from '../config/config.ts';
import { openHouse } from '../house.ts';
import { synchronise } from '../synchronisation/synchronise.ts';
import type { Command } from './command.ts';

const usage = 'sparekey directory sync [--whole]: brings the people up to what the directory says.';

/** Brings the people up to what the directory says, and tells how far it is; a signal stops it between two pages. */
export const directory: Command = async ({ args, now, out, say }) => {
  const [verb, ...flags] = args;
  if (verb !== 'sync' || flags.some((flag) => flag !== '--whole')) {
    say(usage);
    return 2;
  }
  const config = readProcessConfig();
  if (!config.directory) throw new BadConfig(['DIRECTORY_URL is not set: there is no directory to look at.']);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stopping.abort());
  const house = await openHouse(config, { now, terminal: out });
  try {
    const began = performance.now();
    const done = await synchronise(house.deps, {
      whole: flags.includes('--whole'),
      stop: stopping.signal,
      onProgress({ added, changed, same, unusable }) {
        const looked = added + changed + same + unusable;
        const rate = Math.round((looked / (performance.now() - began)) * 1000);
        say(`${looked} looked at: ${added} new, ${changed} changed, ${unusable} unusable; ${rate} a second`);
      },
    });
    out.write(`${JSON.stringify(done)}\n`);
    return done.result === 'done' ? 0 : 1;
  } finally {
    await house.close();
  }
};
