import { parseArgs } from 'node:util';
import { readProcessConfig } from '../config/config.ts';
import type { Call, Command } from './command.ts';
import { address, proxies } from './doctor/address.ts';
import { type Check, type Examined, type Finding, fault, kindOf } from './doctor/check.ts';
import { directory } from './doctor/directory.ts';
import { folder, keyRing } from './doctor/folder.ts';
import { sendTest } from './doctor/send.ts';
import { gateways, mail } from './doctor/senders.ts';
import { database, redis } from './doctor/stores.ts';

/** What is looked at, in the order of the report. */
export const checks: readonly Check[] = [
  address,
  proxies,
  folder,
  keyRing,
  database,
  redis,
  directory,
  mail,
  gateways,
];

const marks = { good: 'ok    ', hint: 'note  ', fault: 'FAULT ' } as const;

/** Runs every check against the real servers, writes what each found, and gives the number of faults. */
export async function examine(examined: Examined, { out }: Pick<Call, 'out'>): Promise<number> {
  let faults = 0;
  for (const { name, run } of checks) {
    const found = await run(examined).catch((error: unknown) => [
      fault(`It could not be looked at (${kindOf(error)}).`, 'See that this user may, and try again.'),
    ]);
    for (const one of found) out.write(linesOf(name, one));
    faults += found.filter(({ state }) => state === 'fault').length;
  }
  return faults;
}

/** Looks whether the configuration fits the real servers; 0 all is well, 1 something is not, 2 typed wrongly. */
export const doctor: Command = async (call) => {
  const to = readSendTo(call);
  if (to === null) return 2;
  const examined = { config: readProcessConfig(), now: call.now };
  let faults = await examine(examined, call);
  if (to !== undefined) {
    const sent = await sendTest(examined, { to, terminal: call.out });
    call.out.write(linesOf('Test', sent));
    faults += sent.state === 'fault' ? 1 : 0;
  }
  call.out.write(faults === 0 ? '\nAll is well.\n' : `\n${faults} to mend.\n`);
  return faults === 0 ? 0 : 1;
};

/** null when it was typed wrongly. */
function readSendTo({ args, say }: Call): string | undefined | null {
  try {
    return parseArgs({ args: [...args], options: { 'send-to': { type: 'string' } } }).values['send-to'];
  } catch {
    say('sparekey doctor [--send-to ADDRESS-OR-NUMBER]');
    return null;
  }
}

function linesOf(name: string, found: Finding): string {
  const mend = found.state === 'fault' ? `       ${found.mend}\n` : '';
  return `${marks[found.state]} ${name}: ${found.what}\n${mend}`;
}
