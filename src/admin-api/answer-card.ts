import type { Deps } from '../deps.ts';
import type { DoorContext } from './door.ts';
import { readCard } from './person-card.ts';
import { refusalOf } from './refusal.ts';

/** Answers with a person's card as it is now, or that there is no such person. */
export async function answerCard(c: DoorContext, deps: Deps, userName: string) {
  const card = await readCard(deps, userName);
  return card ? c.json(card, 200) : c.json(refusalOf(c.get('language'), 'person-unknown', 'userName'), 404);
}
