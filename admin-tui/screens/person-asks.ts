import { bodyOf } from '../body-of.ts';
import type { Do, ListScreen, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import type { Card } from './person.ts';

type Method = Card['methods'][number]['kind'] | 'security-questions';

/** How a person stands in a path of the door. */
export function pathOf({ userName }: Pick<Card, 'userName'>) {
  return { userName: encodeURIComponent(userName) };
}

interface Asked {
  title: string;
  intro(name: string): string;
  yes: string;
  done(name: string): string;
}

/** Asks before it does one thing for a person, and then says that it is done. */
function askBefore(
  { words }: Tools,
  card: Card,
  { asked, act }: { asked: Asked; act(tools: Tools): Promise<unknown> },
) {
  return askScreen({
    title: asked.title,
    intro: [asked.intro(card.displayName)],
    answers: [
      { label: words.stage.cancel, do: async () => ({ next: 'back' }) },
      {
        label: asked.yes,
        do: async (tools) => {
          await act(tools);
          return { next: 'back', said: asked.done(card.displayName) };
        },
      },
    ],
  });
}

/** Asks to register or check again from now. */
export function demandAsk(tools: Tools, card: Card): ListScreen {
  const act = (inside: Tools) => inside.door().people[':userName'].demand.$post({ param: pathOf(card) });
  return askBefore(tools, card, { asked: tools.words.person.demand, act });
}

/** Lifts what rests after too many tries. */
export function unlockAsk(tools: Tools, card: Card): ListScreen {
  const act = (inside: Tools) => inside.door().people[':userName'].unlock.$post({ param: pathOf(card) });
  return askBefore(tools, card, { asked: tools.words.person.unlock, act });
}

/** Disables a person, or enables them again. */
export function disableAsk(tools: Tools, card: Card): ListScreen {
  const disabled = card.disabledAt === null;
  const { disable, enable } = tools.words.person;
  const act = (inside: Tools) =>
    inside
      .door()
      .people[':userName'].$patch({ param: pathOf(card), json: { disabled, basedOn: card.revision } });
  return askBefore(tools, card, { asked: disabled ? disable : enable, act });
}

/** Chooses a method to remove. */
export function removeAsk({ words, all }: Tools, card: Card): ListScreen {
  const { remove } = words.person;
  const kinds: Method[] = [
    ...card.methods.map(({ kind }) => kind),
    ...(card.questionsAnswered > 0 ? (['security-questions'] as const) : []),
  ];
  const answers = kinds.map((kind) => ({ label: all.methods.names[kind], do: removeMethod(card, kind) }));
  return askScreen({
    title: remove.title,
    intro: [remove.intro(card.displayName)],
    answers: [{ label: words.stage.cancel, do: async () => ({ next: 'back' }) }, ...answers],
  });
}

function removeMethod(card: Card, method: Method): Do {
  return async (tools) => {
    const param = { ...pathOf(card), method };
    await bodyOf(tools.door().people[':userName'].methods[':method'].$delete({ param }));
    return { next: 'back', said: tools.words.person.remove.done(tools.all.methods.names[method]) };
  };
}
