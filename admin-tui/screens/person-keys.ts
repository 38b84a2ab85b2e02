import type { Do, Screen, ScreenKey, Tools } from '../stage/screen.ts';
import { accessCodeKeys } from './access-code.ts';
import { fillInForm } from './fill-in.ts';
import { liftAsk } from './lift-block.ts';
import type { Card } from './person.ts';
import { demandAsk, disableAsk, removeAsk, unlockAsk } from './person-asks.ts';
import { editForm, officePhoneForm } from './person-forms.ts';
import { revealAsk } from './reveal.ts';

/** What can be done for this person, by whoever is signed in. */
export function personKeys(tools: Tools, card: Card): ScreenKey[] {
  const { keys } = tools.words.person;
  const helpdesk = tools.session.me?.role === 'helpdesk';
  if (helpdesk && card.privileged) return [];
  const open = (legend: string, screen: (tools: Tools, card: Card) => Screen): ScreenKey => ({
    legend,
    do: async (inside) => ({ next: 'go', screen: screen(inside, card) }),
  });
  const help = [open(keys.demand, demandAsk), open(keys.unlock, unlockAsk), ...accessCodeKeys(tools, card)];
  if (helpdesk) return help;
  return [
    open(keys.officePhone, officePhoneForm),
    open(keys.fillIn, fillInForm),
    open(keys.edit, editForm),
    open(keys.reveal, revealAsk),
    ...(card.methods.length > 0 || card.questionsAnswered > 0 ? [open(keys.remove, removeAsk)] : []),
    ...help,
    ...(card.blockedAt === null ? [] : [open(keys.lift, liftAsk)]),
    open(card.disabledAt === null ? keys.disable : keys.enable, disableAsk),
  ];
}

/** All keys of a card as a menu, for who would rather choose than remember. */
export function menuOf(keys: readonly ScreenKey[], title: string): Do {
  const rows = keys.map(({ legend, do: todo }) => {
    const does = legend.slice(2);
    return { cells: [does.charAt(0).toUpperCase() + does.slice(1)], open: insteadOf(todo) };
  });
  return async () => ({ next: 'go', screen: { kind: 'list', title, page: { rows } } });
}

/** What is chosen in the menu comes in its place. */
function insteadOf(todo: Do): Do {
  return async (tools) => {
    const next = await todo(tools);
    return next.next === 'go' ? { next: 'swap', screen: next.screen } : next;
  };
}
