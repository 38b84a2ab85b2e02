import { randomInt } from 'node:crypto';
import { type Reset, readReset } from '../resets/reset.ts';
import { readStanding, type Standing } from '../resets/standing.ts';
import { openPage } from '../web/form-page.ts';
import { type GoTo, goTo, type Page, type PageParts, type Refused, type Shown } from '../web/page.ts';
import type { Views } from '../web/views.ts';
import type { Visit } from '../web/visit.ts';

/** A reset under way at this browser, and where it stands. */
export interface UnderWay {
  reset: Reset;
  standing: Exclude<Standing, { result: 'stopped' }>;
}

/** A reset in which a gate of possession was passed. */
export interface Known {
  reset: Reset;
  standing: Extract<Standing, { result: 'known' }>;
}

/** The reset of this browser's session, also one that has ended; whose it is never comes from the browser (S05). */
export async function resetOf({ deps, session }: Visit): Promise<Reset | undefined> {
  return session.resetId === undefined ? undefined : readReset(deps, session.resetId);
}

/** Where somebody is led who opens a step without a reset that goes on. */
async function findUnderWay(visit: Visit): Promise<UnderWay | GoTo> {
  const reset = await resetOf(visit);
  if (!reset) return goTo('/reset', visit.session.resetId === undefined ? undefined : visit.t.reset.over);
  if (reset.endedAs !== null)
    return goTo(reset.endedAs === 'stopped' ? '/reset/not-possible' : '/reset/done');
  const standing = await readStanding(visit.deps, reset, visit.policy);
  return standing.result === 'stopped' ? goTo('/reset/not-possible') : { reset, standing };
}

/** Where a reset goes on: to the end once everything asked is proven, else to the methods. */
export function nextPath({ reset, standing }: UnderWay): string {
  if (!standing.still.met) return '/reset/methods';
  return reset.wish === 'locked' ? '/reset/unlock' : '/reset/new-password';
}

type Parts<V extends keyof Views, F> = Omit<PageParts<Visit, V, F>, 'show' | 'submit'>;

/** A page of a reset under way; without one it leads to where that begins, or ended. */
export function stepPage<V extends keyof Views, F = never>(
  page: Parts<V, F> & {
    show(visit: Visit, at: UnderWay): Promise<Shown<Views[V]> | GoTo>;
    submit?(visit: Visit, at: UnderWay, fields: F): Promise<GoTo | Refused>;
  },
): Page {
  const { show, submit, ...parts } = page;
  return openPage<V, F>({
    ...parts,
    async show(visit) {
      const at = await findUnderWay(visit);
      return 'reset' in at ? show(visit, at) : at;
    },
    ...(submit && {
      async submit(visit: Visit, fields: F) {
        const at = await findUnderWay(visit);
        return 'reset' in at ? submit(visit, at, fields) : at;
      },
    }),
  });
}

/** A page at the end of a reset: nothing is left to be proven (S01). */
export function lastPage<V extends keyof Views, F = never>(
  page: Parts<V, F> & {
    show(visit: Visit, at: Known): Promise<Shown<Views[V]> | GoTo>;
    submit(visit: Visit, at: Known, fields: F): Promise<GoTo | Refused>;
  },
): Page {
  const { show, submit, ...parts } = page;
  const known = ({ reset, standing }: UnderWay): Known | undefined =>
    standing.result === 'known' && standing.still.met ? { reset, standing } : undefined;
  return stepPage<V, F>({
    ...parts,
    async show(visit, at) {
      const last = known(at);
      return last ? show(visit, last) : goTo('/reset/methods');
    },
    async submit(visit, at, fields) {
      const last = known(at);
      return last ? submit(visit, last, fields) : goTo('/reset/methods');
    },
  });
}

/**
 * Has the queue looked at once the answer is on its way, a moment later than anybody can foresee: how long what follows
 * takes says nothing about whether a message went out (S38).
 */
export function sendSoon({ deps, res }: Visit): void {
  res.once('finish', () => {
    setTimeout(() => deps.wakeDelivery(), randomInt(50, 500)).unref();
  });
}
