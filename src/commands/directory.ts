import { BadConfig, readProcessConfig } from '../config/config.ts';
import { checkDirectory } from '../directory/ldap/check.ts';
import { openHouse } from '../house.ts';
import { synchronise } from '../synchronisation/synchronise.ts';
import type { Call, Command } from './command.ts';

const usage =
  'sparekey directory sync [--whole]: brings the people up to what the directory says.\nsparekey directory check: looks whether it answers and gives the rights that are needed.';

async function check({ now, out }: Call): Promise<number> {
  const { directory: settings } = readProcessConfig();
  if (!settings) throw new BadConfig(['DIRECTORY_URL is not set: there is no directory to look at.']);
  const findings = await checkDirectory(settings, now);
  for (const { ok, words } of findings) out.write(`${ok ? 'good ' : 'WRONG'}  ${words}\n`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

/** Brings the people up to what the directory says, and tells how far it is; a signal stops it between two pages. */
export const directory: Command = async ({ args, now, out, say }) => {
  const [verb, ...flags] = args;
  if (verb === 'check' && flags.length === 0) return check({ args, now, out, say });
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
