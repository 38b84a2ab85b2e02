import { bodyOf } from '../body-of.ts';
import type { FormScreen, ListScreen, Next, Tools, Values } from '../stage/screen.ts';
import { signInScreen } from './sign-in.ts';

/** The very first screen: sign in, or make the own account by a one-time token. */
export function welcomeScreen(tools: Tools): ListScreen {
  const { welcome } = tools.words;
  return {
    kind: 'list',
    title: welcome.title,
    page: {
      intro: [welcome.intro],
      rows: [
        { cells: [welcome.signIn], open: async () => ({ next: 'go', screen: signInScreen(tools) }) },
        { cells: [welcome.first], open: async () => ({ next: 'go', screen: firstScreen(tools) }) },
        { cells: [welcome.invited], open: async () => ({ next: 'go', screen: invitedScreen(tools) }) },
      ],
    },
  };
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

function different({ words }: Tools): Next {
  return { next: 'problems', problems: { again: words.welcome.different } };
}

function signInNext(tools: Tools, name: string): Next {
  const screen = signInScreen(tools);
  const fields = screen.fields.map((field) => (field.name === 'name' ? { ...field, value: name } : field));
  return { next: 'swap', screen: { ...screen, fields, from: 'password' }, said: tools.words.welcome.made };
}
