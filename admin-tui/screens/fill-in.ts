import { bodyOf } from '../body-of.ts';
import type { FormScreen, Next, Tools, Values } from '../stage/screen.ts';
import type { Card } from './person.ts';

/** Fills in a phone or an address beforehand, with the person’s consent: who gave it, when, and how. */
export function fillInForm({ words, now }: Tools, card: Card): FormScreen {
  const { fillIn } = words;
  const today = new Date(now()).toISOString().slice(0, 10);
  const what = [
    { value: 'text', label: fillIn.phoneText },
    { value: 'call', label: fillIn.phoneCall },
    { value: 'mail', label: fillIn.email },
  ];
  return {
    kind: 'form',
    title: fillIn.title,
    intro: [fillIn.intro(card.displayName)],
    typing: 'at once',
    fields: [
      { name: 'what', label: fillIn.what, value: 'text', input: what },
      { name: 'value', label: fillIn.value, hint: fillIn.valueHint, value: '', input: 'text' },
      {
        name: 'consent.givenBy',
        label: fillIn.givenBy,
        value: card.displayName,
        input: 'text',
        heading: fillIn.consent,
      },
      {
        name: 'consent.givenAt',
        label: fillIn.givenAt,
        hint: fillIn.givenAtHint,
        value: today,
        input: 'text',
      },
      { name: 'consent.how', label: fillIn.how, hint: fillIn.howHint, value: '', input: 'text' },
    ],
    submit: { legend: fillIn.submit, do: (values, tools) => sendFilledIn(values, tools, card) },
  };
}

async function sendFilledIn(values: Values, tools: Tools, card: Card): Promise<Next> {
  const { what, value = '' } = values;
  const consent = {
    givenBy: values['consent.givenBy'] ?? '',
    givenAt: values['consent.givenAt'] ?? '',
    how: values['consent.how'] ?? '',
  };
  const channel = what === 'call' ? 'call' : 'text';
  const json =
    what === 'mail'
      ? ({ method: 'authentication-email', address: value, consent } as const)
      : ({ method: 'authentication-phone', number: value, channel, consent } as const);
  const param = { userName: encodeURIComponent(card.userName) };
  await bodyOf(tools.door().people[':userName']['filled-in'].$post({ param, json }));
  return { next: 'back', said: tools.words.fillIn.done(card.displayName) };
}
