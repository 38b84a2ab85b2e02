import { type ListedEvent, listEvents } from '../audit/list-events.ts';
import { placeOf } from '../notices/place.ts';
import type { PersonVisit } from '../web/visit.ts';
import { momentWords } from '../web/waiting.ts';

const mostShown = 15;
/** So many are looked through for those that mean something to the person. */
const mostRead = 60;

function wordsFor({ t }: PersonVisit, { event, outcome }: ListedEvent): string | undefined {
  const { done, refused }: { done: Record<string, string>; refused: Record<string, string> } =
    t.account.events;
  return outcome === 'refused' ? refused[event] : done[event];
}

/** What happened to the person's account lately, newest first, each in a sentence; steps in between are left out. */
export async function readOwnEvents(visit: PersonVisit): Promise<{ when: string; what: string }[]> {
  const { deps, person, t } = visit;
  const events = await listEvents(deps.db, { subject: person.id }, { limit: mostRead });
  const told = events.flatMap((event) => {
    const words = wordsFor(visit, event);
    if (words === undefined) return [];
    const place = placeOf(event.address);
    const what = place === null ? words : `${words}, ${t.account.from(place)}`;
    return [{ when: momentWords(visit, event.at), what }];
  });
  return told.slice(0, mostShown);
}
