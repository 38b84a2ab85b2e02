import { bodyOf } from '../body-of.ts';
import type { Do, ListScreen, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import type { Card } from './person.ts';
import { pathOf } from './person-asks.ts';

type Shown = Card['methods'][number]['kind'] | 'work-mailbox';

/** Asks which number or address to show in full: every look is in the audit, so nothing is shown by accident. */
export function revealAsk({ words, all }: Tools, card: Card): ListScreen {
  const { reveal } = words.person;
  const proven = card.methods.map(({ kind }) => kind).filter((kind) => kind !== 'office-phone');
  const kinds: Shown[] = [
    ...(card.officePhone ? (['office-phone'] as const) : []),
    ...proven,
    ...(card.workMailbox ? (['work-mailbox'] as const) : []),
  ];
  const nameOf = (kind: Shown) =>
    kind === 'work-mailbox' ? words.person.workMailbox : all.methods.names[kind];
  return askScreen({
    title: reveal.title,
    intro: [kinds.length === 0 ? reveal.nothing : reveal.intro(card.displayName)],
    answers: [
      { label: words.stage.cancel, do: async () => ({ next: 'back' }) },
      ...kinds.map((kind) => ({ label: nameOf(kind), do: show(card, kind, nameOf(kind)) })),
    ],
  });
}

function show(card: Card, method: Shown, name: string): Do {
  return async (tools) => {
    const json = { method };
    const shown = await bodyOf(tools.door().people[':userName'].reveal.$post({ param: pathOf(card), json }));
    const { reveal, rows } = tools.words.person;
    const extension = shown.extension === null ? [] : [rows.extension(shown.extension)];
    return {
      next: 'swap',
      screen: askScreen({
        title: name,
        intro: [reveal.shown(card.displayName), [shown.value, ...extension].join(', ')],
        answers: [{ label: reveal.done, do: async () => ({ next: 'back' }) }],
      }),
    };
  };
}
