import type { InferRequestType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { FormScreen, Next, Tools, Values } from '../stage/screen.ts';
import { languageOf, listOf, ownFields } from './new-person.ts';
import type { Card } from './person.ts';

type Patch = InferRequestType<Door['people'][':userName']['$patch']>['json'];

/** Sets or clears the office phone. */
export function officePhoneForm({ words }: Tools, card: Card): FormScreen {
  const { person } = words;
  return {
    kind: 'form',
    title: person.officePhone,
    intro: [person.officePhoneIntro(card.displayName)],
    typing: 'at once',
    fields: [
      {
        name: 'officePhone',
        label: person.officePhone,
        hint: person.officePhoneHint,
        value: '',
        input: 'text',
      },
    ],
    submit: {
      legend: person.save,
      do: async ({ officePhone = '' }, tools) =>
        patch(tools, card, { officePhone: officePhone.trim() || null }),
    },
  };
}

/** Changes what is known about the person; the mailbox only when a new one is typed, since it is masked here. */
export function editForm(tools: Tools, card: Card): FormScreen {
  const { person } = tools.words;
  const values = {
    displayName: card.displayName,
    language: card.language ?? '',
    groups: card.groups.join(', '),
  };
  const fields = ownFields(tools, values);
  return {
    kind: 'form',
    title: person.editTitle,
    typing: 'at once',
    fields: fields.map((field) =>
      field.name === 'workMailbox' ? { ...field, hint: person.mailboxKept } : field,
    ),
    submit: { legend: person.save, do: (typed, inside) => patch(inside, card, changeOf(typed)) },
  };
}

function changeOf({ displayName = '', workMailbox = '', language, groups }: Values): Patch {
  return {
    displayName,
    language: languageOf(language),
    groups: listOf(groups),
    ...(workMailbox.trim() === ''
      ? {}
      : { workMailbox: workMailbox.trim() === '-' ? null : workMailbox.trim() }),
  };
}

async function patch(tools: Tools, card: Card, change: Patch): Promise<Next> {
  const param = { userName: encodeURIComponent(card.userName) };
  await bodyOf(
    tools.door().people[':userName'].$patch({ param, json: { ...change, basedOn: card.revision } }),
  );
  return { next: 'back', said: tools.words.person.changed(card.displayName) };
}
