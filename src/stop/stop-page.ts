import { z } from 'zod';
import { readStopLink } from '../notices/stop-link.ts';
import { openPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { stopAccount } from './stop-account.ts';

declare module '../web/views.ts' {
  interface Views {
    'stop/stop': { link: string | null };
    'stop/stopped': Record<never, never>;
  }
}

/** A token as a link carries it; anything else is no link of ours. */
export const linkForm = z.object({ link: z.string().max(100).catch('') });

/** Where the link *this wasn’t me* of a notice leads: GET says what pressing the button does, POST does it, once. */
export const stopPage = openPage({
  path: '/stop',
  view: 'stop/stop',
  title: ({ t }) => t.stop.title,
  secret: ['link'],
  async show({ deps, query }) {
    const { link } = linkForm.parse(query);
    const { result } = await readStopLink(deps.db, deps, link);
    return shown({ link: result === 'ready' ? link : null });
  },
  form: () => linkForm,
  async submit({ deps, policy, address }, { link }) {
    const { result } = await stopAccount(deps, { token: link, policy, address });
    return goTo(result === 'stopped' ? '/stop/done' : '/stop');
  },
});

/** Says that the account is stopped, and what happens next. */
export const stoppedPage = openPage({
  path: '/stop/done',
  view: 'stop/stopped',
  title: ({ t }) => t.stop.done.title,
  show: async () => shown({}),
});
