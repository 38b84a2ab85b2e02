import { existsSync } from 'node:fs';
import { normaliseName } from '../administrators/name.ts';
import { makeRecovery } from '../administrators/recovery.ts';
import { BadConfig, type Config, readProcessConfig } from '../config/config.ts';
import { readKeyRing } from '../secrets/key-ring.ts';
import { KeysUnfit } from '../secrets/open-key-ring.ts';
import { makeSecrets } from '../secrets/secrets.ts';
import { openDatabase } from '../store/database.ts';
import type { Call, Command } from './command.ts';

/** Opens what is there, and makes nothing: neither a database nor keys, and no tables. */
async function openStore(config: Config) {
  if (config.databaseUrl === undefined && !existsSync(config.databaseFile))
    throw new BadConfig([
      `There is no database at ${config.databaseFile}: set DATA_DIR as for the server, or start Sparekey first.`,
    ]);
  const read = await readKeyRing(config.keyRingFile);
  if (read.result === 'unreadable') throw new KeysUnfit(read.why);
  if (read.result === 'missing')
    throw new KeysUnfit(`There are no keys in ${config.keyRingFile}: set DATA_DIR as for the server.`);
  const db = openDatabase(config, { onBroken: () => {} });
  return { db, secrets: makeSecrets(read.ring, config.hashing) };
}

async function recover({ now, out, say }: Call, name: string): Promise<number> {
  const { db, secrets } = await openStore(readProcessConfig());
  try {
    const made = await makeRecovery({ db, now, secrets }, normaliseName(name));
    switch (made.result) {
      case 'administrator-unknown':
        say(`There is no administrator “${printable(name)}”. See sparekey-admin administrators list.`);
        return 1;
      case 'helpdesk':
        say(`“${made.name}” belongs to the help desk: an administrator removes it and invites it anew.`);
        return 1;
      case 'made':
        say(`With this one-time token ${made.name} chooses a new password, within an hour and once:`);
        out.write(`${made.token}\n`);
        say('Type it in: npm run admin -- administrators recover, or choose it on the first screen.');
        return 0;
    }
  } finally {
    await db.destroy();
  }
}

function printable(name: string): string {
  return name.replace(/\p{C}/gu, '').slice(0, 100);
}

/** Prints a one-time token with which an administrator who forgot the password comes back in; also while the server runs. */
export const recoverAdministrator: Command = async (call) => {
  const [name, ...more] = call.args;
  if (name === undefined || name.startsWith('-') || more.length > 0) {
    call.say('Type whom: sparekey recover-administrator NAME');
    return 2;
  }
  process.umask(0o077);
  return recover(call, name);
};
