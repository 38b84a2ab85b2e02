import { bodyOf } from '../body-of.ts';
import type { FormScreen, Next, Tools, Values } from '../stage/screen.ts';

interface Account {
  name: string;
  displayName: string;
}

/** Changes the mail address of an account; the own one asks the password too. */
export function mailForm({ words, session }: Tools, account: Account): FormScreen {
  const { administrators, welcome } = words;
  const own = account.name === session.me?.name;
  return {
    kind: 'form',
    title: administrators.mailTitle,
    intro: [own ? administrators.mailOwnIntro : administrators.mailIntro(account.displayName)],
    typing: 'at once',
    fields: [
      { name: 'mail', label: welcome.mail, hint: administrators.mailHint, value: '', input: 'text' },
      ...(own
        ? [{ name: 'password', label: administrators.passwordNow, value: '', input: 'secret' } as const]
        : []),
    ],
    submit: {
      legend: administrators.change,
      do: (values, tools) => (own ? changeOwn(values, tools) : changeOther(values, tools, account)),
    },
  };
}

async function changeOwn({ mail = '', password = '' }: Values, tools: Tools): Promise<Next> {
  await bodyOf(tools.door().me.mail.$put({ json: { mail: mail.trim() || null, password } }));
  return { next: 'back', said: tools.words.administrators.mailChanged };
}

async function changeOther({ mail = '' }: Values, tools: Tools, { name }: Account): Promise<Next> {
  const param = { name: encodeURIComponent(name) };
  const json = { mail: mail.trim() || null };
  await bodyOf(tools.door().administrators[':name'].mail.$put({ param, json }));
  return { next: 'back', said: tools.words.administrators.mailChanged };
}
