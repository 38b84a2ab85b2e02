import { bodyOf } from '../body-of.ts';
import type { Do, FormScreen, ListScreen, Next, Row, Tools, Values } from '../stage/screen.ts';
import { mailForm } from './administrator-mail.ts';
import { askScreen } from './ask.ts';
import { languageOf } from './new-person.ts';
import { passwordForm } from './own-password.ts';
import { momentOf } from './standing.ts';
import { languageChoices } from './welcome.ts';

/** Who may come in here, who is invited to, and in which role. */
export function administratorsScreen({ words }: Tools): ListScreen {
  const { administrators } = words;
  return {
    kind: 'list',
    title: administrators.title,
    page: async (tools) => {
      const told = await bodyOf(tools.door().administrators.$get());
      const { roles } = tools.words.stage;
      const there = told.administrators.map(
        (one): Row => ({
          id: one.name,
          cells: [one.name, one.displayName, roles[one.role], one.mail ?? '–', momentOf(one.lastSignInAt)],
          keys: [
            { legend: administrators.mailKey, do: changeMail(one) },
            { legend: administrators.removeKey, do: askToRemove(one.name) },
          ],
        }),
      );
      const invited = told.invitations.map(
        (one, index): Row => ({
          id: one.id,
          cells: [
            one.name,
            one.displayName,
            roles[one.role],
            '–',
            administrators.until(momentOf(one.expiresAt)),
          ],
          keys: [{ legend: administrators.withdrawKey, do: withdraw(one.id) }],
          ...(index === 0 ? { heading: administrators.invited } : {}),
        }),
      );
      const invite: Do = async (inside) => ({ next: 'go', screen: inviteForm(inside) });
      const password: Do = async (inside) => ({ next: 'go', screen: passwordForm(inside) });
      return {
        head: administrators.head,
        rows: [...there, ...invited],
        keys: [
          { legend: administrators.inviteKey, do: invite },
          { legend: administrators.passwordKey, do: password },
        ],
      };
    },
  };
}

function changeMail(one: { name: string; displayName: string }): Do {
  return async (tools) => ({ next: 'go', screen: mailForm(tools, one) });
}

function inviteForm({ words }: Tools): FormScreen {
  const { administrators, welcome, stage } = words;
  const roles = (['administrator', 'helpdesk'] as const).map((value) => ({
    value,
    label: stage.roles[value],
  }));
  return {
    kind: 'form',
    title: administrators.inviteTitle,
    intro: [administrators.inviteIntro],
    typing: 'at once',
    fields: [
      { name: 'name', label: welcome.name, hint: administrators.nameHint, value: '', input: 'text' },
      { name: 'displayName', label: administrators.displayName, value: '', input: 'text' },
      { name: 'role', label: administrators.role, value: 'helpdesk', input: roles },
      { name: 'mail', label: welcome.mail, hint: welcome.mailHint, value: '', input: 'text' },
      { name: 'language', label: welcome.language, value: 'nl', input: languageChoices(words) },
    ],
    submit: { legend: administrators.invite, do: invite },
  };
}

async function invite(values: Values, tools: Tools): Promise<Next> {
  const { name = '', displayName = '', mail = '' } = values;
  const role = values.role === 'administrator' ? 'administrator' : 'helpdesk';
  const language = languageOf(values.language);
  const json = { name, displayName, role, mail: mail.trim() || null, language } as const;
  const made = await bodyOf(tools.door().administrators.invitations.$post({ json }));
  return { next: 'swap', screen: shownOnce(tools, made) };
}

/** A token that is shown now and never again. */
export function shownOnce(
  { words }: Tools,
  made: { name: string; token: string; expiresAt: string },
): ListScreen {
  const { administrators } = words;
  return askScreen({
    title: administrators.tokenTitle,
    intro: [
      administrators.tokenIs(made.name),
      made.token,
      administrators.tokenOnce(momentOf(made.expiresAt)),
    ],
    answers: [{ label: administrators.tokenTaken, do: async () => ({ next: 'back' }) }],
  });
}

function withdraw(id: string): Do {
  return async (tools) => {
    await bodyOf(tools.door().administrators.invitations[':id'].$delete({ param: { id } }));
    return { next: 'stay', said: tools.words.administrators.withdrawn };
  };
}

function askToRemove(name: string): Do {
  return async ({ words }) => {
    const { administrators, stage } = words;
    const remove: Do = async (tools) => {
      const param = { name: encodeURIComponent(name) };
      await bodyOf(tools.door().administrators[':name'].$delete({ param }));
      return { next: 'back', said: administrators.removed(name) };
    };
    const answers = [
      { label: stage.cancel, do: async () => ({ next: 'back' }) as const },
      { label: administrators.remove, do: remove },
    ];
    return {
      next: 'go',
      screen: askScreen({
        title: administrators.removeTitle,
        intro: [administrators.removeIntro(name)],
        answers,
      }),
    };
  };
}
