import { z } from 'zod';
import { unlockAccount } from '../resets/complete.ts';
import { goTo, shown } from '../web/page.ts';
import { lastPage } from './step.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/unlock': { userName: string };
  }
}

/** Where a locked account is unlocked and its password kept; that it is locked is told here and nowhere before. */
export const unlockPage = lastPage({
  path: '/reset/unlock',
  view: 'reset/unlock',
  title: ({ t }) => t.reset.unlock.title,
  async show({ deps }, { standing }) {
    const { userName } = standing.person;
    const locked = (await deps.directory.lockedUntil(userName)) !== null;
    return locked ? shown({ userName }) : goTo('/reset/new-password');
  },
  form: () => z.object({}),
  async submit({ deps, address }, { reset, standing }) {
    await unlockAccount(deps, reset, { person: standing.person, address });
    return goTo('/reset/done');
  },
});
