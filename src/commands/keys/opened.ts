import { hostname, userInfo } from 'node:os';
import type { Config } from '../../config/config.ts';
import type { Changed } from '../../rotation/change-keys.ts';
import { type Broken, findBroken, noneBroken } from '../../rotation/sealed-rows.ts';
import { readSealingAnew } from '../../rotation/sealing-anew.ts';
import { whatNeedsOldKeys } from '../../rotation/still-needed.ts';
import type { KeysInUse } from '../../secrets/held-keys.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import { makeSealing } from '../../secrets/sealing.ts';
import { longestLife } from '../../sessions/session-data.ts';
import type { Database } from '../../store/schema.ts';
import type { Call } from '../command.ts';

/** What the commands about keys look at and change. */
export interface Opened {
  config: Config;
  db: Database;
  ring: KeyRing;
  inUse: KeysInUse;
}

/** One thing that can be done with the keys; gives the exit code. */
export type Step = (opened: Opened, call: Call) => Promise<number>;

/** What the old keys are still needed for, and what no key opens. */
export interface Needs {
  lines: string[];
  broken: Broken;
}

/** Who does it, for the audit: the user of this machine, and who became that user by sudo. */
export function changedBy({ operator }: Pick<Config, 'operator'>, { now }: Pick<Call, 'now'>): Changed {
  const user = `${userName()}@${hostname()}`;
  return { at: now(), by: operator === undefined ? user : `${operator} as ${user}` };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that no name belongs to.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Looks what still needs the old keys; for what is broken only once the rest is sealed anew. */
export async function readNeeds({ db, ring, inUse }: Opened, now: number): Promise<Needs> {
  const sealing = await readSealingAnew(db, inUse.data);
  const isSealed = (sealing?.finishedAt ?? null) !== null;
  const broken = isSealed ? await findBroken(db, makeSealing(ring), inUse.data) : noneBroken();
  const lines = await whatNeedsOldKeys(db, { inUse, now, longestSession: longestLife, broken });
  return { lines, broken };
}

/** Says what the old keys are still needed for, if anything. */
export function sayNeeds({ lines, broken }: Needs, say: Call['say']): void {
  if (lines.length > 0) say('The old keys are still needed for:');
  for (const line of lines) say(`  ${line}`);
  if (broken.count === 0 && lines.length === 0) say('Nothing needs the old keys: sparekey keys retire.');
  if (broken.count > 0) sayBroken(broken, say);
}

function sayBroken({ count, named }: Broken, say: Call['say']): void {
  say(
    `No key opens ${count === 1 ? 'this value' : `these ${count} values`}: damaged, moved, or its key is gone.`,
  );
  for (const place of named) say(`  ${place}`);
  if (count > named.length) say(`  and ${count - named.length} more`);
  say('Put each back from a backup or remove it; or leave them as they are, lost for good:');
  say(`sparekey keys retire --leave-broken ${count}`);
}
