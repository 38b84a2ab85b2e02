import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { isRegistered } from '../people/status.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { type Progress, progressOf, rowsOf, uncheckedRows } from './progress.ts';
import { type Row, readStanding } from './rows.ts';

interface Checklist {
  displayName: string;
  enabled: boolean;
  rows: Row[];
  progress: Progress;
}

declare module '../web/views.ts' {
  interface Views {
    'register/checklist': Checklist;
    'register/closed-row': Checklist & { closed: Row };
  }
}

/** The checklist: one row per enabled method, what is still needed, Finish and Leave. */
export const checklistPage = personPage({
  path: '/register',
  view: 'register/checklist',
  title: ({ t }) => t.register.title,
  async show(visit) {
    const standing = await readStanding(visit);
    const rows = rowsOf(visit, standing);
    return shown({
      displayName: visit.person.displayName,
      enabled: standing.asked.enabled,
      rows: standing.asked.enabled ? rows : [],
      progress: progressOf(visit, standing, rows),
    });
  },
  showRow({ site, target }, props, frame) {
    const closed = props.rows.find(({ id }) => id === target);
    return closed && site.render('register/closed-row', { ...props, ...frame, closed }, 'bare');
  },
  form: () => z.object({}),
  async submit(visit) {
    const { deps, person, t } = visit;
    const standing = await readStanding(visit);
    const words = t.register;
    const rows = rowsOf(visit, standing);
    const { sentences } = progressOf(visit, standing, rows);
    if (!isRegistered(standing.asked, person))
      return {
        result: 'refused',
        problems: [words.missingToFinish, ...sentences].map((text) => ({ field: null, text })),
      };
    if (uncheckedRows(rows).length > 0)
      return { result: 'refused', problems: [{ field: null, text: words.checkToFinish }] };
    await recordEvent(deps.db, deps.now(), {
      event: 'registration-finished',
      ...ownAct(person.id, visit.address),
    });
    return goTo('/register/finished');
  },
});
