import type { InferRequestType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { FormScreen, ListScreen, Next, Tools, Values } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { languageOf, listOf, ownFields } from './new-person.ts';
import type { Card } from './person.ts';
import { officePhoneWords } from './person-rows.ts';

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
      do: async ({ officePhone = '' }, tools) => {
        const number = officePhone.trim();
        if (number !== '') return patch(tools, card, { officePhone: number });
        const { officePhoneEmpty } = tools.words.person;
        return card.officePhone
          ? { next: 'go', screen: removeOfficePhoneAsk(tools, card) }
          : { next: 'problems', problems: { officePhone: officePhoneEmpty } };
      },
    },
  };
}

/** A number that was typed once is not lost by one press: its proof would end as well. */
function removeOfficePhoneAsk({ words }: Tools, card: Card): ListScreen {
  const { title, intro, yes } = words.person.removeOfficePhone;
  return askScreen({
    title,
    intro: [intro(card.displayName)],
    answers: [
      { label: words.stage.cancel, do: async () => ({ next: 'back' }) },
      { label: yes, do: (tools) => patch(tools, card, { officePhone: null }, 2) },
    ],
  });
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

async function patch(tools: Tools, card: Card, change: Patch, steps = 1): Promise<Next> {
  const param = { userName: encodeURIComponent(card.userName) };
  const json = { ...change, basedOn: card.revision };
  const changed = await bodyOf(tools.door().people[':userName'].$patch({ param, json }));
  const { person } = tools.words;
  if (change.officePhone === undefined)
    return { next: 'back', steps, said: person.changed(card.displayName) };
  // The row with the number may be out of sight.
  return { next: 'back', steps, said: person.officePhoneNow(officePhoneWords(tools, changed)) };
}
