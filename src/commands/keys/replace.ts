import { areNewestInUse, bringIntoUse, noteNewKeys, withNewKeys } from '../../rotation/change-keys.ts';
import { nodesWithout } from '../../rotation/follow.ts';
import { writeKeyRing } from '../../secrets/key-ring.ts';
import { changedBy, type Step } from './opened.ts';

/** Adds new keys to the ring's file, for nothing to use yet. */
export const add: Step = async ({ config, db, ring, inUse }, call) => {
  const { now, say } = call;
  if (!areNewestInUse(ring, inUse)) {
    say('New keys are waiting already: sparekey keys use.');
    return 1;
  }
  const more = withNewKeys(ring, now);
  await writeKeyRing(config.keyRingFile, more);
  await noteNewKeys(db, more, changedBy(config, call));
  say(`New keys stand in ${config.keyRingFile}, not in use yet. Back that file up, and copy it to every`);
  say('other node (same owner, mode 0600); nodes take it in within seconds. Then: sparekey keys use.');
  return 0;
};

/** Brings the newest keys into use, once every living node holds them. */
export const use: Step = async ({ config, db, ring, inUse }, call) => {
  const { now, say } = call;
  if (areNewestInUse(ring, inUse)) {
    say('The newest keys are in use already. For new ones: sparekey keys add.');
    return 1;
  }
  const without = await nodesWithout(db, ring, now());
  if (without.length > 0) {
    say('These nodes do not hold the new keys. Copy the key ring there, wait some seconds, and try again:');
    for (const name of without) say(`  ${name}`);
    return 1;
  }
  await bringIntoUse(db, ring, changedBy(config, call));
  say('The new keys are in use. What the old ones sealed is sealed anew in the background: sparekey keys.');
  return 0;
};
