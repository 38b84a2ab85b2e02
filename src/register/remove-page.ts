import { z } from 'zod';
import type { MethodKind } from '../methods/method.ts';
import { isCapable, provenBits } from '../people/status.ts';
import { removeAnswers } from '../registrations/answers.ts';
import { removeMethod } from '../registrations/register-method.ts';
import { personPage } from '../web/form-page.ts';
import { doing, goTo, type Page, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { askAuthority } from './authority.ts';
import { readStanding, rowId, rowOf, type Standing } from './rows.ts';

declare module '../web/views.ts' {
  interface Views {
    'register/remove': { path: string; what: string; stopsReset: boolean };
  }
}

/** Whether the person could no longer reset without this method. */
function stopsReset({ person }: PersonVisit, { asked }: Standing, kind: MethodKind): boolean {
  const without =
    kind === 'security-questions'
      ? { ...person, questionCount: 0 }
      : { ...person, provenMethods: person.provenMethods & ~provenBits[kind] };
  return isCapable(asked, person) && !isCapable(asked, without);
}

/** Reviews and then removes a method (WCAG 2.2 3.3.4). */
export function removePage(kind: MethodKind): Page {
  const path = `/register/${kind}/remove`;
  return personPage({
    path,
    view: 'register/remove',
    row: () => rowId(kind),
    title: ({ t }) => t.register.removal.title[kind],
    async show(visit) {
      const standing = await readStanding(visit);
      const { state, name, what } = rowOf(visit, standing, kind);
      if (['not-set-up', 'no-office-phone', 'unreadable-office-phone'].includes(state))
        return goTo('/register');
      const said = what === null ? name : `${name}, ${what}`;
      return (
        askAuthority(visit) ?? shown({ path, what: said, stopsReset: stopsReset(visit, standing, kind) })
      );
    },
    form: () => z.object({}),
    async submit(visit) {
      const asked = askAuthority(visit);
      if (asked) return asked;
      const removed =
        kind === 'security-questions'
          ? await removeAnswers(visit.deps, doing(visit))
          : await removeMethod(visit.deps, { ...doing(visit), kind });
      return removed.result === 'removed'
        ? goTo('/register', visit.t.register.said.removed[kind])
        : goTo('/register');
    },
  });
}
