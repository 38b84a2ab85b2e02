import { z } from 'zod';
import type { MethodKind } from '../methods/method.ts';
import { readAnswers } from '../registrations/answers.ts';
import { confirmMethod } from '../registrations/confirm-method.ts';
import { personPage } from '../web/form-page.ts';
import { doing, goTo, type Page } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { retiredPlaces } from './retired-questions.ts';
import { rowId } from './rows.ts';

/** A check is the moment at which a retired question is asked for anew: until then its answer stays as it is. */
async function unfitPlaces(visit: PersonVisit, kind: MethodKind): Promise<number[]> {
  if (kind !== 'security-questions') return [];
  return retiredPlaces(visit, await readAnswers(visit.deps.db, visit.person.id));
}

/** Posts only: the person says that a method is still right, and the date of the check is kept. */
export function stillRightPage(kind: MethodKind): Page {
  return personPage({
    path: `/register/${kind}/still-right`,
    view: 'register/remove',
    row: () => rowId(kind),
    title: ({ t }) => t.methods.names[kind],
    show: async () => goTo('/register'),
    form: () => z.object({}),
    async submit(visit) {
      const unfit = await unfitPlaces(visit, kind);
      const confirmed = await confirmMethod(visit.deps, { ...doing(visit), kind, butPlaces: unfit });
      const [place] = unfit;
      if (place !== undefined) return goTo(`/register/security-questions/${place}`);
      return confirmed.result === 'confirmed'
        ? goTo('/register', visit.t.register.said.checked)
        : goTo('/register');
    },
  });
}
