import { readStanding } from '../resets/standing.ts';
import { openPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { resetOf } from './step.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/not-possible': { why: 'notEnough' | 'stopped' };
  }
}

/**
 * Says that a reset could not be completed, and who can help: to who has passed every gate there was for them, and to
 * whose account has changed meanwhile. Nobody is led here before a gate of possession was passed.
 */
export const notPossiblePage = openPage({
  path: '/reset/not-possible',
  view: 'reset/not-possible',
  title: ({ t }) => t.reset.notPossible.title,
  async show(visit) {
    const reset = await resetOf(visit);
    if (!reset) return goTo('/reset');
    if (reset.endedAs === 'stopped') return shown({ why: 'stopped' });
    if (reset.endedAs !== null) return goTo('/reset/done');
    const standing = await readStanding(visit.deps, reset, visit.policy);
    if (standing.result === 'stopped') return shown({ why: 'stopped' });
    const goesOn = standing.result === 'open' || standing.still.met || standing.possible.length > 0;
    return goesOn ? goTo('/reset/methods') : shown({ why: 'notEnough' });
  },
});
