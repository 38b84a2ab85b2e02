import { bodyOf } from '../body-of.ts';
import type { Field, FormScreen, Next, Tools, Values } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { languageChoices } from './welcome.ts';

/** A new person; the one-time password is shown once the person is there. */
export function newPersonScreen(tools: Tools): FormScreen {
  const { person } = tools.words;
  return {
    kind: 'form',
    title: person.newTitle,
    typing: 'at once',
    fields: [
      { name: 'userName', label: person.userName, value: '', input: 'text' },
      ...ownFields(tools, {}),
      {
        name: 'officePhone',
        label: person.officePhone,
        hint: person.officePhoneHint,
        value: '',
        input: 'text',
      },
    ],
    submit: { legend: person.make, do: makePerson },
  };
}

/** The fields that are about the person and not about a method. */
export function ownFields({ words }: Tools, values: Partial<Record<string, string>>): Field[] {
  const { person } = words;
  const languages = [{ value: '', label: person.noLanguage }, ...languageChoices(words)];
  return [
    { name: 'displayName', label: person.name, value: values.displayName ?? '', input: 'text' },
    {
      name: 'workMailbox',
      label: person.workMailbox,
      hint: person.workMailboxHint,
      value: values.workMailbox ?? '',
      input: 'text',
    },
    { name: 'language', label: person.language, value: values.language ?? '', input: languages },
    {
      name: 'groups',
      label: person.groups,
      hint: person.groupsHint,
      value: values.groups ?? '',
      input: 'text',
    },
  ];
}

/** What was typed with commas between, as a list. */
export function listOf(typed: string | undefined): string[] {
  return (typed ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The language that a choice holds. */
export function languageOf(value: string | undefined): 'nl' | 'en' | null {
  return value === 'nl' || value === 'en' ? value : null;
}

async function makePerson(values: Values, tools: Tools): Promise<Next> {
  const { userName = '', displayName = '', workMailbox = '', officePhone = '' } = values;
  const json = {
    userName,
    displayName,
    workMailbox: workMailbox.trim() || null,
    officePhone: officePhone.trim() || null,
    language: languageOf(values.language),
    groups: listOf(values.groups),
  };
  const made = await bodyOf(tools.door().people.$post({ json }));
  const { person } = tools.words;
  return {
    next: 'swap',
    screen: askScreen({
      title: person.madeTitle,
      intro: [person.made(made.userName), made.firstPassword, person.madeOnce],
      answers: [{ label: person.madeDone, do: async () => ({ next: 'back' }) }],
    }),
  };
}
