import { canCancel, cancelChange } from '../waiting-changes/settle.ts';
import { openPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import { linkForm } from './stop-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'stop/change': { link: string | null };
    'stop/change-stopped': Record<never, never>;
  }
}

/** Where the link in the notice of a waiting change leads: GET says what pressing does, POST cancels the change, once. */
export const changePage = openPage({
  path: '/stop/change',
  view: 'stop/change',
  title: ({ t }) => t.stop.change.title,
  secret: ['link'],
  async show({ deps, query }) {
    const { link } = linkForm.parse(query);
    return shown({ link: (await canCancel(deps, link)) ? link : null });
  },
  form: () => linkForm,
  async submit({ deps, policy, address }, { link }) {
    const { result } = await cancelChange(deps, { token: link, policy, address });
    return goTo(result === 'cancelled' ? '/stop/change/done' : '/stop/change');
  },
});

/** Says that the change does not go ahead, and what to do now. */
export const changeStoppedPage = openPage({
  path: '/stop/change/done',
  view: 'stop/change-stopped',
  title: ({ t }) => t.stop.change.done.title,
  show: async () => shown({}),
});
