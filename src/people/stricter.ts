import type { Terms } from '../policy/askings.ts';
import type { Time } from '../store/schema.ts';
import { type Asked, askedAt, type IsInAny, placeOf } from './asked.ts';
import { isRegistered, provenBits } from './status.ts';

/** What somebody can have proven, as far as the policy looks at it. */
export interface Standing {
  provenMethods: number;
  questionCount: number;
}

const everyMethod = Object.values(provenBits).reduce((all, bit) => all | bit, 0);
/** So many questions a policy asks at most. */
export const mostQuestions = 5;

/** Every standing there can be. */
export const standings: readonly Standing[] = Array.from({ length: everyMethod + 1 }, (_, provenMethods) =>
  Array.from({ length: mostQuestions + 1 }, (_, questionCount) => ({ provenMethods, questionCount })),
).flat();

/** It lets somebody in who was not asked before, or takes a standing as unfinished that was finished before. */
function asksMore(before: Asked, after: Asked): boolean {
  if (!after.enabled) return false;
  return (
    !before.enabled ||
    standings.some((standing) => isRegistered(before, standing) && !isRegistered(after, standing))
  );
}

/**
 * Since when the policy has been as strict as it is now for somebody in these groups: the newest version that asked
 * more of them than the version before. A relaxed policy asks nothing more, so it leaves this moment as it is and
 * makes nobody overdue sooner. How many days there are (`registerWithinDays`) is no demand: that of the policy in
 * force counts.
 */
export function stricterSince({ askings }: Terms, isInAny: IsInAny): Time {
  const asked = (at: number) => {
    const asking = askings[at]?.asking;
    return asking && askedAt(asking, placeOf(asking, isInAny));
  };
  const newest = askings.findIndex((_, at) => {
    const [after, before] = [asked(at), asked(at + 1)];
    return !after || !before || asksMore(before, after);
  });
  return askings[newest]?.at ?? 0;
}
