import { type Person, readPerson } from '../people/person.ts';
import { openPage } from '../web/form-page.ts';
import { goTo, type Page, shown } from '../web/page.ts';
import type { Visit } from '../web/visit.ts';
import { resetOf } from './step.ts';

type Done = 'reset' | 'unlocked' | 'setting';

declare module '../web/views.ts' {
  interface Views {
    'reset/done': {
      done: Done;
      told: boolean;
      /** There were sealed answers, which nobody can read any more. */
      answersGone: boolean;
    };
  }
}

function isTold({ policy }: Visit, { groups }: Person): boolean {
  return policy.notifyOfReset || policy.privilegedGroups.some((group) => groups.includes(group));
}

/** Where each end is told; `setting` was cut off on its way, and is being taken up. */
export const donePaths = {
  reset: '/reset/done',
  unlocked: '/reset/unlocked',
  setting: '/reset/under-way',
} as const satisfies Record<Done, string>;

async function showDone(visit: Visit, done: Done) {
  const { deps } = visit;
  const reset = await resetOf(visit);
  if (!reset?.personId) return goTo('/reset');
  if (reset.endedAs === null) return goTo('/reset/methods');
  if (reset.endedAs === 'stopped') return goTo('/reset/not-possible');
  if (reset.endedAs !== done) return goTo(donePaths[reset.endedAs]);
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, reset.personId);
  if (!person) return goTo('/reset');
  const answersGone = done === 'reset' && person.questionCount > 0;
  return shown({ done, told: done !== 'setting' && isTold(visit, person), answersGone });
}

/** What has been done, and what happens next: signing in. Said only once it is so (S16). */
export function donePage(done: Done): Page {
  return openPage({
    path: donePaths[done],
    view: 'reset/done',
    title: ({ t }) => t.reset.done.titles[done],
    show: (visit) => showDone(visit, done),
  });
}
