import { bodyOf } from '../body-of.ts';
import type { FormScreen, Next, Tools, Values } from '../stage/screen.ts';

/** Changes one’s own password; every session of the account ends with that. */
export function passwordForm({ words }: Tools): FormScreen {
  const { administrators, welcome } = words;
  return {
    kind: 'form',
    title: administrators.passwordTitle,
    intro: [administrators.passwordIntro],
    typing: 'at once',
    fields: [
      { name: 'password', label: administrators.passwordNow, value: '', input: 'secret' },
      {
        name: 'newPassword',
        label: administrators.passwordNew,
        hint: welcome.passwordHint,
        value: '',
        input: 'secret',
      },
      { name: 'again', label: welcome.again, value: '', input: 'secret' },
    ],
    submit: { legend: administrators.change, do: changePassword },
  };
}

async function changePassword(values: Values, tools: Tools): Promise<Next> {
  const { password = '', newPassword = '', again } = values;
  if (newPassword !== again) return { next: 'problems', problems: { again: tools.words.welcome.different } };
  await bodyOf(tools.door().me.password.$put({ json: { password, newPassword } }));
  return { next: 'back', said: tools.words.administrators.changed };
}
