import { bodyOf } from '../body-of.ts';
import type { FormScreen, ListScreen, Next, Row, Tools, Values } from '../stage/screen.ts';
import { signInScreen } from './sign-in.ts';

/** The very first screen: make the first account, or sign in, in one of the ways there are. */
export function welcomeScreen({ words }: Tools): ListScreen {
  return {
    kind: 'list',
    title: words.welcome.title,
    page: async (tools) => {
      const { welcome } = tools.words;
      const { wanted } = await bodyOf(tools.door()['first-administrator'].$get());
      const ways = [
        way(welcome.signIn, (inside) => signInScreen(inside)),
        way(welcome.invited, invitedScreen),
        way(welcome.recover, recoverScreen),
      ];
      return wanted
        ? { intro: [welcome.intro, welcome.nobodyYet], rows: [way(welcome.first, firstScreen)] }
        : { intro: [welcome.intro], rows: ways };
    },
  };
}

function way(name: string, screen: (tools: Tools) => FormScreen): Row {
  return { cells: [name], open: async (tools) => ({ next: 'go', screen: screen(tools) }) };
}

/** The first administrator: by the token that the start of the server has shown. */
export function firstScreen({ words, session }: Tools): FormScreen {
  const { welcome } = words;
  return {
    kind: 'form',
    title: welcome.firstTitle,
    intro: [welcome.firstIntro],
    typing: 'at once',
    fields: [
      { name: 'token', label: welcome.token, hint: welcome.tokenHint, value: '', input: 'text' },
      { name: 'name', label: welcome.name, hint: welcome.nameHint, value: '', input: 'text' },
      { name: 'displayName', label: welcome.displayName, value: '', input: 'text' },
      { name: 'mail', label: welcome.mail, hint: welcome.mailHint, value: '', input: 'text' },
      { name: 'language', label: welcome.language, value: session.language, input: languageChoices(words) },
      ...passwordFields(words),
    ],
    submit: { legend: welcome.make, do: makeFirst },
  };
}

function invitedScreen({ words }: Tools): FormScreen {
  const { welcome } = words;
  return {
    kind: 'form',
    title: welcome.invitedTitle,
    intro: [welcome.invitedIntro],
    typing: 'at once',
    fields: [{ name: 'token', label: welcome.token, value: '', input: 'text' }, ...passwordFields(words)],
    submit: { legend: welcome.make, do: accept },
  };
}

/** For who forgot the password: by the token that was made on the server's machine. */
function recoverScreen({ words }: Tools): FormScreen {
  const { welcome } = words;
  return {
    kind: 'form',
    title: welcome.recoverTitle,
    intro: [welcome.recoverIntro],
    typing: 'at once',
    fields: [{ name: 'token', label: welcome.token, value: '', input: 'text' }, ...passwordFields(words)],
    submit: { legend: welcome.choose, do: recover },
  };
}

function passwordFields({ welcome }: Tools['words']) {
  return [
    { name: 'password', label: welcome.password, hint: welcome.passwordHint, value: '', input: 'secret' },
    { name: 'again', label: welcome.again, value: '', input: 'secret' },
  ] as const;
}

/** The two languages by their own names. */
export function languageChoices({ languages }: Tools['words']) {
  return [
    { value: 'nl', label: languages.nl },
    { value: 'en', label: languages.en },
  ];
}

async function makeFirst(values: Values, tools: Tools): Promise<Next> {
  if (values.password !== values.again) return different(tools);
  const { token = '', name = '', displayName = '', mail = '', password = '' } = values;
  const language = values.language === 'en' ? 'en' : 'nl';
  const json = {
    token: token.trim(),
    name,
    displayName,
    mail: mail.trim() || null,
    language,
    password,
  } as const;
  const made = await bodyOf(tools.door()['first-administrator'].$post({ json }));
  return signInNext(tools, made.name);
}

async function accept(values: Values, tools: Tools): Promise<Next> {
  if (values.password !== values.again) return different(tools);
  const { token = '', password = '' } = values;
  const json = { token: token.trim(), password };
  const made = await bodyOf(tools.door().invitations.accept.$post({ json }));
  return signInNext(tools, made.name);
}

async function recover(values: Values, tools: Tools): Promise<Next> {
  if (values.password !== values.again) return different(tools);
  const { token = '', password = '' } = values;
  const json = { token: token.trim(), password };
  const { name } = await bodyOf(tools.door().recoveries.$post({ json }));
  return signInNext(tools, name, tools.words.welcome.recovered);
}

function different({ words }: Tools): Next {
  return { next: 'problems', problems: { again: words.welcome.different } };
}

function signInNext(tools: Tools, name: string, said = tools.words.welcome.made): Next {
  const screen = signInScreen(tools);
  const fields = screen.fields.map((field) => (field.name === 'name' ? { ...field, value: name } : field));
  return { next: 'swap', screen: { ...screen, fields, from: 'password' }, said };
}
