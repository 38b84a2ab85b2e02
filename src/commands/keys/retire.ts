import { areNewestInUse, forgetOldKeys, withoutOldKeys } from '../../rotation/change-keys.ts';
import { writeKeyRing } from '../../secrets/key-ring.ts';
import { changedBy, readNeeds, type Step, sayNeeds } from './opened.ts';

/** Takes the old keys out of the ring, once nothing needs them; so many values that no key opens may be left behind. */
export function retire(leftBroken: number): Step {
  return async (opened, call) => {
    const { config, db, ring, inUse } = opened;
    const older = ring.data.length + ring.codes.length + ring.sessions.length - 3;
    if (!areNewestInUse(ring, inUse) || older === 0) {
      call.say(older === 0 ? 'There are no old keys.' : 'New keys are waiting: sparekey keys use.');
      return 1;
    }
    const needs = await readNeeds(opened, call.now());
    if (needs.lines.length > 0 || needs.broken.count > leftBroken) {
      sayNeeds(needs, call.say);
      return 1;
    }
    const unopenable = needs.broken.count;
    await forgetOldKeys(db, ring, { ...changedBy(config, call), unopenable });
    await writeKeyRing(config.keyRingFile, withoutOldKeys(ring));
    call.say(`The old keys are retired. Copy ${config.keyRingFile} to every other node. Backups from before`);
    call.say('open only with the ring of their time: keep that one with them, and nowhere else.');
    return 0;
  };
}
