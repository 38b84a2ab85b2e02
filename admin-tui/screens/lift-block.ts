import { bodyOf } from '../body-of.ts';
import type { Do, ListScreen, Tools } from '../stage/screen.ts';
import { requestForm } from './access-code.ts';
import { askScreen } from './ask.ts';
import type { Card } from './person.ts';
import { pathOf } from './person-asks.ts';

/**
 * Lifts a block that the person, or somebody in their name, asked for. Whoever learned the password still knows it, so
 * an access code is offered at once.
 */
export function liftAsk({ words }: Tools, card: Card): ListScreen {
  const { lift } = words.person;
  const lifting = (after: Do): Do => {
    return async (tools) => {
      await bodyOf(tools.door().people[':userName']['lift-block'].$post({ param: pathOf(card) }));
      return after(tools);
    };
  };
  const toCode = lifting(async (tools) => ({
    next: 'swap',
    screen: requestForm(tools, card, lift.codeReason),
    said: lift.done(card.displayName),
  }));
  const only = lifting(async () => ({ next: 'back', said: lift.doneOnly(card.displayName) }));
  return askScreen({
    title: lift.title,
    intro: [lift.intro(card.displayName), lift.known(card.displayName)],
    answers: [
      { label: words.stage.cancel, do: async () => ({ next: 'back' }) },
      ...(card.accessCode ? [] : [{ label: lift.withCode, do: toCode }]),
      { label: lift.yes, do: only },
    ],
  });
}
