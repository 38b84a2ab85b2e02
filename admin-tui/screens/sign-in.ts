import type { Language } from '../../src/words/languages.ts';
import { bodyOf } from '../body-of.ts';
import type { FormScreen, Me, Next, Screen, Tools, Values } from '../stage/screen.ts';
import { homeScreen } from './home.ts';

/** Signing in by name and password; `again` when a session has ended and everything typed waits underneath. */
export function signInScreen({ words, session }: Tools, again?: 'again'): FormScreen {
  const { signIn } = words;
  return {
    kind: 'form',
    title: signIn.title,
    intro: [again ? signIn.again : signIn.intro],
    typing: 'at once',
    ...(again ? { from: 'password' } : {}),
    fields: [
      { name: 'name', label: signIn.name, value: again ? (session.me?.name ?? '') : '', input: 'text' },
      { name: 'password', label: signIn.password, value: '', input: 'secret' },
    ],
    submit: { legend: signIn.submit, do: (values, tools) => openSession(values, tools, again) },
  };
}

async function openSession(values: Values, tools: Tools, again: 'again' | undefined): Promise<Next> {
  const { name = '', password = '' } = values;
  const told = await bodyOf(tools.door()['sign-in'].$post({ json: { name, password } }));
  if (told.result === 'signed-in') return enter(told, tools, again);
  return { next: 'swap', screen: codeScreen(tools, { gate: told.gate, sentTo: told.sentTo, again }) };
}

interface Gate {
  gate: string;
  sentTo: string;
  again: 'again' | undefined;
}

function codeScreen({ words }: Tools, { gate, sentTo, again }: Gate): Screen {
  const { signIn } = words;
  return {
    kind: 'form',
    title: signIn.codeTitle,
    intro: [signIn.codeSent(sentTo)],
    typing: 'at once',
    fields: [{ name: 'code', label: signIn.code, hint: signIn.codeHint, value: '', input: 'text' }],
    submit: {
      legend: signIn.submit,
      do: async ({ code = '' }, tools) =>
        enter(await bodyOf(tools.door()['sign-in'].code.$post({ json: { gate, code } })), tools, again),
    },
  };
}

interface SignedIn {
  token: string;
  administrator: Me & { language: Language | null };
}

/** After a session that ended the same administrator goes on where they were; another one begins anew. */
function enter({ token, administrator }: SignedIn, tools: Tools, again: 'again' | undefined): Next {
  const before = tools.session.me?.name;
  tools.session.token = token;
  tools.session.me = administrator;
  if (!tools.session.languageChosen)
    tools.session.language = administrator.language ?? tools.session.language;
  if (again && before === administrator.name) return { next: 'back', said: tools.words.signIn.goOn };
  return { next: 'begin', screen: homeScreen(tools) };
}
